type Argument = string | number;

/**
 * A script as ioredis calls it: the number of its keys, the keys, and the other arguments. Lists among them are flattened;
 * those that may be long have to come as lists, as a call takes only so many arguments.
 */
type Call<Reply> = (keys: number, ...args: readonly (Argument | readonly Argument[])[]) => Promise<Reply>;

export interface Scripts {
  readonly mjApply: Call<readonly [status: 'ok' | 'elsewhere' | 'gap' | 'fenced', detail?: string]>;
  readonly mjVersions: Call<readonly (readonly [string, string[]] | null)[]>;
  readonly mjStates: Call<string>;
  readonly mjRange: Call<readonly (readonly [string, string[]])[]>;
  readonly mjMembers: Call<readonly string[]>;
  readonly mjBegin: Call<string>;
  readonly mjAdvance: Call<readonly [status: 'ok' | 'gone' | 'fenced', serving?: string]>;
  readonly mjOpen: Call<number>;
  readonly mjForget: Call<number>;
  readonly mjServe: Call<'ok' | 'gone' | 'behind'>;
}

/** What every reading script begins with: a shard that is not complete up to `ARGV[1]` answers nothing. */
const GUARD = `
  local cut = redis.call('HGET', KEYS[1], 'cut') or string.rep('0', 20)
  if string.sub(cut, 1, 20) < ARGV[1] then return redis.error_reply('BEHIND the shard has not come this far') end
`;

/** Redis would look through the whole stream for the last entry before its first. */
const LAST_UP_TO = `
  local function lastUpTo(key, from, to, count)
    if not redis.call('XRANGE', key, from, to, 'COUNT', 1)[1] then return {} end
    return redis.call('XREVRANGE', key, to, from, 'COUNT', count)
  end
`;

const PUBLISH_MOVED = `redis.call('PUBLISH', ARGV[1], '')`;

/** Reads of one shard: KEYS[1] is its checkpoint, ARGV[1] the padded position that it has to have reached. */
const READS: Record<'mjVersions' | 'mjStates' | 'mjRange' | 'mjMembers', string> = {
  // KEYS[i] a document or the log, ARGV[i] the position that it is asked at: its entry in force, or nothing.
  mjVersions: `${GUARD}${LAST_UP_TO}
    local found = {}
    for i = 2, #KEYS do found[i - 1] = lastUpTo(KEYS[i], '-', ARGV[i], 1)[1] or false end
    return found`,
  // The same of documents, as one JSON text: [[id, revision, state] or null, ...]. A client reads it in one go.
  mjStates: `${GUARD}${LAST_UP_TO}
    local found = {}
    for i = 2, #KEYS do
      local entry = lastUpTo(KEYS[i], '-', ARGV[i], 1)[1]
      found[i - 1] = entry and '["' .. entry[1] .. '",' .. entry[2][2] .. ',' .. entry[2][4] .. ']' or 'null'
    end
    return '[' .. table.concat(found, ',') .. ']'`,
  // KEYS[2] a stream; ARGV from, to, count, and 'last' for the newest: the entries, the newest of them first if 'last'.
  mjRange: `${GUARD}${LAST_UP_TO}
    if ARGV[5] == 'last' then return lastUpTo(KEYS[2], ARGV[2], ARGV[3], ARGV[4]) end
    return redis.call('XRANGE', KEYS[2], ARGV[2], ARGV[3], 'COUNT', ARGV[4])`,
  // KEYS[2] a collection; ARGV the padded position, the bounds, how many, and 'last' for those nearest to the end.
  mjMembers: `${GUARD}
    local limit, found, offset = tonumber(ARGV[5]), {}, 0
    local chunk = math.min(limit, 1000)
    while true do
      local members
      if ARGV[6] == 'last' then
        members = redis.call('ZREVRANGEBYLEX', KEYS[2], ARGV[4], ARGV[3], 'LIMIT', offset, chunk)
      else
        members = redis.call('ZRANGEBYLEX', KEYS[2], ARGV[3], ARGV[4], 'LIMIT', offset, chunk)
      end
      for _, member in ipairs(members) do
        if string.sub(member, -20) <= ARGV[2] then found[#found + 1] = member end
        if #found == limit then return found end
      end
      if #members < chunk then return found end
      offset = offset + chunk
    end`,
};

/**
 * Adds what a batch did to one shard, if the shard stands at ARGV[1], and moves its checkpoint with it. Redis undoes nothing
 * where a script fails half-way, so all that can be wrong is looked at first.
 *
 * KEYS: the checkpoint, then the streams and collections. ARGV: the padded position that the shard stands at, its new cut,
 * the padded fencing token; how many of the keys are streams, and how many entries each holds; how many entries there are,
 * and for each its key, its id, and how many texts of fields follow; then for each member its key, its text, and the padded
 * position. Without a number of entries nothing is added: only the looking is done.
 */
const APPLY = `
  local checkpoint = redis.call('HMGET', KEYS[1], 'cut', 'fence')
  local at = string.sub(checkpoint[1] or string.rep('0', 20), 1, 20)
  if ARGV[3] < (checkpoint[2] or '') then return {'fenced'} end
  if at ~= ARGV[1] then return {'elsewhere', checkpoint[1] or ''} end
  local streams = tonumber(ARGV[4])
  for i = 1, streams do
    if redis.call('XLEN', KEYS[i + 1]) ~= tonumber(ARGV[i + 4]) then return {'gap', KEYS[i + 1]} end
  end
  local i = streams + 5
  if not ARGV[i] then return {'ok'} end
  local entries = tonumber(ARGV[i])
  i = i + 1
  for _ = 1, entries do
    local last = i + 2 + tonumber(ARGV[i + 2])
    redis.call('XADD', KEYS[tonumber(ARGV[i])], ARGV[i + 1], unpack(ARGV, i + 3, last))
    i = last + 1
  end
  while ARGV[i] do
    local collection, code = KEYS[tonumber(ARGV[i])], ARGV[i + 1]
    if not redis.call('ZRANGEBYLEX', collection, '[' .. code, '(' .. code .. '~', 'LIMIT', 0, 1)[1] then
      redis.call('ZADD', collection, 0, code .. ARGV[i + 2])
    end
    i = i + 3
  end
  redis.call('HSET', KEYS[1], 'cut', ARGV[2], 'fence', ARGV[3])
  return {'ok'}`;

/** On the hash of versions, KEYS[1]: fields serving, and for each version cut:, fence: and open:. */
const MODELS: Record<'mjBegin' | 'mjAdvance' | 'mjOpen' | 'mjForget' | 'mjServe', string> = {
  // ARGV a version, its first cut, and 'serving' to have it serve where none does: the version that serves now.
  mjBegin: `
    if ARGV[3] == 'serving' then
      local serving = redis.call('HGET', KEYS[1], 'serving')
      if serving then return serving end
      redis.call('HSET', KEYS[1], 'serving', ARGV[1])
    end
    redis.call('HSET', KEYS[1], 'cut:' .. ARGV[1], ARGV[2])
    return ARGV[1]`,
  // ARGV the channel, a version, its new cut, the padded fencing token. A watermark never goes back.
  mjAdvance: `
    local now = redis.call('HMGET', KEYS[1], 'cut:' .. ARGV[2], 'fence:' .. ARGV[2], 'serving')
    if not now[1] then return {'gone'} end
    if ARGV[4] < (now[2] or '') then return {'fenced'} end
    if now[1] < ARGV[3] then
      redis.call('HSET', KEYS[1], 'cut:' .. ARGV[2], ARGV[3], 'fence:' .. ARGV[2], ARGV[4])
      ${PUBLISH_MOVED}
    end
    return {'ok', now[3]}`,
  // ARGV the channel, a version.
  mjOpen: `
    if redis.call('HEXISTS', KEYS[1], 'cut:' .. ARGV[2]) == 0 then return 0 end
    redis.call('HSET', KEYS[1], 'open:' .. ARGV[2], '1')
    ${PUBLISH_MOVED}
    return 1`,
  // ARGV the channel, a version, and 'beside' to leave it where it serves.
  mjForget: `
    if redis.call('HGET', KEYS[1], 'serving') == ARGV[2] then
      if ARGV[3] == 'beside' then return 0 end
      redis.call('HDEL', KEYS[1], 'serving')
    end
    redis.call('HDEL', KEYS[1], 'cut:' .. ARGV[2], 'fence:' .. ARGV[2], 'open:' .. ARGV[2])
    ${PUBLISH_MOVED}
    return 1`,
  // ARGV the channel, the version that is to serve: only once it has come as far as the one that does, if not 'regardless'.
  mjServe: `
    local serving = redis.call('HGET', KEYS[1], 'serving') or ''
    local now = redis.call('HMGET', KEYS[1], 'cut:' .. ARGV[2], 'open:' .. ARGV[2], 'cut:' .. serving)
    if not now[1] then return 'gone' end
    if not now[2] or (ARGV[3] ~= 'regardless' and now[1] < (now[3] or '')) then return 'behind' end
    redis.call('HSET', KEYS[1], 'serving', ARGV[2])
    if serving ~= ARGV[2] then
      redis.call('HDEL', KEYS[1], 'cut:' .. serving, 'fence:' .. serving, 'open:' .. serving)
    end
    ${PUBLISH_MOVED}
    return 'ok'`,
};

/** For the option of that name of ioredis, which sends a script once to a server and calls it by its hash from then on. */
export const SCRIPTS: Record<keyof Scripts, { readonly lua: string }> = Object.fromEntries(
  Object.entries({ ...READS, ...MODELS, mjApply: APPLY }).map(([name, lua]) => [name, { lua }]),
) as Record<keyof Scripts, { readonly lua: string }>;
