/** Kills the processes of a group, of which some or all may have ended. */
export function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // They have ended.
  }
}
