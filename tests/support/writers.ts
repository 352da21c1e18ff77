import { Role } from '../../src/auth/principal';

/** The roles of a person that may perform every action. Tests that are not about roles act as one. */
export const EVERY_WRITING_ROLE: readonly Role[] = ['editor', 'finance', 'admin'];
