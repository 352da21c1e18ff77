/**
 * Shared by the scripts on a shard. KEYS[1] is the checkpoint of the shard, a hash: `cut` is the log point up to which the
 * shard was written; `fence` is the fencing token of the writer; `keys` is the number of the shard's other keys. For each of
 * those there is one more field, with its number of entries. So if a key lost some or all of its entries, it contradicts the
 * checkpoint, even if it was never read before. A key that the checkpoint does not name was never written (docs/adr/0018).
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
