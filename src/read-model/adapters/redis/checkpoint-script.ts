/**
 * What the scripts on a shard share. KEYS[1] is the checkpoint of the shard, a hash: `cut`, up to where the shard was written;
 * `fence`, the token of the writer; `keys`, the number of the other keys of the shard; and for each of them a field, which says
 * how many entries it has. So a key that lost entries, or all of them, contradicts the checkpoint, also if it was never read
 * before; and a key that the checkpoint does not name was never written (docs/adr/0018).
 *
 * The field of a stream is `<entries> <first part of its first id>`, of a collection `<entries>`.
 */
export const CHECKPOINT = `
  local FIXED_FIELDS, NOTHING = 3, string.rep('0', 20)
  local shardLength = #KEYS[1] - #'checkpoint'
  local function fieldOf(key) return string.sub(key, shardLength + 1) end

  local function isComplete(keys)
    return redis.call('HLEN', KEYS[1]) == (keys and keys + FIXED_FIELDS or 0)
  end

  local function holds(count, key, entries)
    return redis.pcall(count, key) == entries
  end
`;
