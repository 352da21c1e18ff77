import { CHECKPOINT } from './checkpoint-script';

/**
 * Applies a batch to one shard, if the shard is at ARGV[1], and moves its checkpoint. Redis does not roll back a script that
 * fails half-way, so everything that can be wrong is checked first.
 *
 * KEYS: the checkpoint, then the streams and collections. ARGV: the padded position where the shard is, its new log point, the
 * padded fencing token; how many of the keys are streams, and the number of entries in each; the number of new entries, and for
 * each its key, its id, the number of its field texts and the texts; then for each member its key, its text and the padded
 * position. Without a number of new entries, the script only checks.
 */
export const APPLY = `${CHECKPOINT}
  -- Lua passes no more than some thousands of arguments at once.
  local SLICE = 1000
  local function inSlices(list, call)
    for from = 1, #list, SLICE do call(from, unpack(list, from, math.min(from + SLICE - 1, #list))) end
  end

  local checkpoint = redis.pcall('HMGET', KEYS[1], 'cut', 'fence', 'keys')
  if checkpoint.err then return {'lost', KEYS[1]} end
  if ARGV[3] < (checkpoint[2] or '') then return {'fenced'} end
  if string.sub(checkpoint[1] or NOTHING, 1, 20) ~= ARGV[1] then return {'elsewhere', checkpoint[1] or ''} end
  if not isComplete(checkpoint[3]) then return {'lost', KEYS[1]} end

  local streams, fields, known = tonumber(ARGV[4]), {}, {}
  for i = 2, #KEYS do fields[i - 1] = fieldOf(KEYS[i]) end
  inSlices(fields, function(from, ...)
    for nth, value in ipairs(redis.call('HMGET', KEYS[1], ...)) do known[from + nth - 1] = value end
  end)
  for n = 1, #fields do
    local entries = tonumber(string.match(known[n] or '0', '%d+'))
    if not holds(n <= streams and 'XLEN' or 'ZCARD', KEYS[n + 1], entries) then return {'lost', KEYS[n + 1]} end
    if n <= streams and entries ~= tonumber(ARGV[n + 4]) then return {'gap', KEYS[n + 1]} end
  end

  local i = streams + 5
  if not ARGV[i] then return {'ok'} end
  local entries = tonumber(ARGV[i])
  local added, first = {}, {}
  i = i + 1
  for _ = 1, entries do
    local key, last = tonumber(ARGV[i]), i + 2 + tonumber(ARGV[i + 2])
    redis.call('XADD', KEYS[key], ARGV[i + 1], unpack(ARGV, i + 3, last))
    added[key] = (added[key] or 0) + 1
    first[key] = first[key] or string.match(ARGV[i + 1], '%d+')
    i = last + 1
  end
  while ARGV[i] do
    local key, code = tonumber(ARGV[i]), ARGV[i + 1]
    if not redis.call('ZRANGEBYLEX', KEYS[key], '[' .. code, '(' .. code .. '~', 'LIMIT', 0, 1)[1] then
      redis.call('ZADD', KEYS[key], 0, code .. ARGV[i + 2])
      added[key] = (added[key] or 0) + 1
    end
    i = i + 3
  end

  local keys, changed = checkpoint[3] or 0, {}
  for n, field in ipairs(fields) do
    local more = added[n + 1]
    if more then
      if not known[n] then
        keys = keys + 1
        known[n] = n <= streams and '0 ' .. first[n + 1] or '0'
      end
      changed[#changed + 1] = field
      changed[#changed + 1] = string.gsub(known[n], '^%d+', function(before) return before + more end)
    end
  end
  inSlices(changed, function(_, ...) redis.call('HSET', KEYS[1], ...) end)
  redis.call('HSET', KEYS[1], 'cut', ARGV[2], 'fence', ARGV[3], 'keys', keys)
  return {'ok'}`;
