const PUBLISH_MOVED = `redis.call('PUBLISH', ARGV[1], '')`;

/** Scripts on the hash of versions, KEYS[1]. Its fields are `serving`, and for each version `cut:`, `fence:` and `open:`. */
export const MODELS: Record<'mjBegin' | 'mjAdvance' | 'mjOpen' | 'mjForget' | 'mjPromote', string> = {
  // ARGV: a version, its first log point, and its role. With 'serving' it serves if no version does. Returns the version that
  // serves, or the new one.
  mjBegin: `
    if ARGV[3] == 'serving' then
      local serving = redis.call('HGET', KEYS[1], 'serving')
      if serving and redis.call('HEXISTS', KEYS[1], 'cut:' .. serving) == 1 then return serving end
      redis.call('HSET', KEYS[1], 'serving', ARGV[1])
    end
    redis.call('HSET', KEYS[1], 'cut:' .. ARGV[1], ARGV[2])
    return ARGV[1]`,
  // ARGV: the channel, a version, its new log point, the padded fencing token. A watermark never goes back.
  mjAdvance: `
    local now = redis.call('HMGET', KEYS[1], 'cut:' .. ARGV[2], 'fence:' .. ARGV[2], 'serving')
    if not now[1] then return {'gone'} end
    if ARGV[4] < (now[2] or '') then return {'fenced'} end
    if now[1] < ARGV[3] then
      redis.call('HSET', KEYS[1], 'cut:' .. ARGV[2], ARGV[3], 'fence:' .. ARGV[2], ARGV[4])
      ${PUBLISH_MOVED}
    end
    return {'ok', now[3]}`,
  // ARGV: the channel, a version.
  mjOpen: `
    if redis.call('HEXISTS', KEYS[1], 'cut:' .. ARGV[2]) == 0 then return 0 end
    redis.call('HSET', KEYS[1], 'open:' .. ARGV[2], '1')
    ${PUBLISH_MOVED}
    return 1`,
  // ARGV: the channel, a version, and 'candidate' to keep the version if it serves by now.
  mjForget: `
    if redis.call('HGET', KEYS[1], 'serving') == ARGV[2] then
      if ARGV[3] == 'candidate' then return 0 end
      redis.call('HDEL', KEYS[1], 'serving')
    end
    redis.call('HDEL', KEYS[1], 'cut:' .. ARGV[2], 'fence:' .. ARGV[2], 'open:' .. ARGV[2])
    ${PUBLISH_MOVED}
    return 1`,
  // ARGV: the channel, the version to promote, and 'regardless' to promote it even if it is behind the version that serves.
  mjPromote: `
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
