import { CHECKPOINT } from './checkpoint-script';

/**
 * The start of every script that reads. A shard that is not complete up to `ARGV[1]` answers nothing. If a loss is found, the
 * checkpoint is removed. Then every node refuses to read the shard, and the projector, which checks its checkpoints, rebuilds
 * the read models. UNLINK works even if the server is out of memory.
 */
const GUARD = `${CHECKPOINT}
  local function lost(key)
    redis.pcall('UNLINK', KEYS[1])
    return redis.error_reply('LOST ' .. key)
  end

  local fields = {}
  for i = 2, #KEYS do fields[i - 1] = fieldOf(KEYS[i]) end
  local checkpoint = redis.pcall('HMGET', KEYS[1], 'cut', 'keys', unpack(fields))
  if checkpoint.err then return lost(KEYS[1]) end
  local through = string.sub(checkpoint[1] or NOTHING, 1, 20)
  if through < ARGV[1] then
    return redis.error_reply('BEHIND the shard has not come this far')
  end
  if not isComplete(checkpoint[2]) then return lost(KEYS[1]) end
`;

/** Without `isBelow`, Redis would search the whole stream if the position is before its first entry. */
const NEWEST = `
  local function isBelow(position, first)
    return #position < #first or (#position == #first and position < first)
  end

  -- The entry of KEYS[i] in force at ARGV[i]; false if there is none yet, nil if it was lost. Then the number of its entries, and
  -- the position of the first one.
  local function newest(i)
    local known = checkpoint[i + 1]
    if not known then return false, 0, '' end
    local entries, first = string.match(known, '(%d+) (%d+)')
    if not holds('XLEN', KEYS[i], tonumber(entries)) then return nil end
    if isBelow(ARGV[i], first) then return false, tonumber(entries), first end
    return redis.call('XREVRANGE', KEYS[i], ARGV[i], '-', 'COUNT', 1)[1], tonumber(entries), first
  end
`;

/** Reads of one shard. KEYS[1] is its checkpoint; ARGV[1] is the padded position that the shard must have reached. */
export const READS: Record<'mjVersions' | 'mjStates' | 'mjChanges' | 'mjRange' | 'mjMembers' | 'mjCheck', string> = {
  // KEYS[i]: a document or the log; ARGV[i]: a position. Returns for each the entry in force at the position, or nothing.
  mjVersions: `${GUARD}${NEWEST}
    local found = {}
    for i = 2, #KEYS do
      local entry = newest(i)
      if entry == nil then return lost(KEYS[i]) end
      found[i - 1] = entry
    end
    return found`,
  // The same for documents, as one JSON text, which is faster to parse: the padded position up to which the shard was written, and
  // for each document [id, revision, state, bytes of the state, next], or [next] if there is none yet. next: the position of the
  // first entry after the asked position, or ''.
  mjStates: `${GUARD}${NEWEST}
    -- nil if it was lost.
    local function following(i, entry, entries)
      if tonumber(entry[2][2]) == entries then return '' end
      -- The ids end with '-0'.
      local from = string.gsub(entry[1], '%d+$', '1')
      local next = redis.call('XRANGE', KEYS[i], from, '+', 'COUNT', 1)[1]
      return next and string.match(next[1], '%d+')
    end

    local found = {}
    for i = 2, #KEYS do
      local entry, entries, first = newest(i)
      if entry == nil then return lost(KEYS[i]) end
      if entry then
        local revision, state, next = entry[2][2], entry[2][4], following(i, entry, entries)
        if not next then return lost(KEYS[i]) end
        found[i - 1] = table.concat({ '["' .. entry[1] .. '"', revision, state, #state, '"' .. next .. '"]' }, ',')
      else
        found[i - 1] = '["' .. first .. '"]'
      end
    end
    return '["' .. through .. '",[' .. table.concat(found, ',') .. ']]'`,
  // KEYS[i]: a document; ARGV[i]: the position of a change that made it; then a number of bytes. Returns for each the entry's id
  // and its change, and ends when the changes have this many bytes.
  mjChanges: `${GUARD}${NEWEST}
    local found, bytes, most = {}, 0, tonumber(ARGV[#KEYS + 1])
    for i = 2, #KEYS do
      local entry = newest(i)
      if entry == nil then return lost(KEYS[i]) end
      local change = entry and entry[2][6] or ''
      found[i - 1] = entry and { entry[1], change }
      bytes = bytes + #change
      if bytes >= most then break end
    end
    return found`,
  // KEYS[2]: a stream. ARGV: from, to, count, then 'last' for the newest entries, which come in reverse order, or a number of bytes:
  // the answer ends when its entries have this many; then 'change' for a document's entries without their states.
  mjRange: `${GUARD}
    local function wanted(entries)
      if ARGV[6] == 'change' then
        for _, entry in ipairs(entries) do entry[2][4] = 'null' end
      end
      return entries
    end
    if not checkpoint[3] then return {} end
    if not holds('XLEN', KEYS[2], tonumber(string.match(checkpoint[3], '%d+'))) then return lost(KEYS[2]) end
    local most = tonumber(ARGV[5])
    if most then
      local found, bytes, from, count = {}, 0, ARGV[2], tonumber(ARGV[4])
      while true do
        local asked = math.min(100, count - #found)
        local entries = wanted(redis.call('XRANGE', KEYS[2], from, ARGV[3], 'COUNT', asked))
        for _, entry in ipairs(entries) do
          found[#found + 1] = entry
          for _, text in ipairs(entry[2]) do bytes = bytes + #text end
          if bytes >= most then return found end
        end
        if #entries < asked or #found == count then return found end
        -- The ids end with '-0'.
        from = string.gsub(found[#found][1], '%d+$', '1')
      end
    end
    if ARGV[5] ~= 'last' then return wanted(redis.call('XRANGE', KEYS[2], ARGV[2], ARGV[3], 'COUNT', ARGV[4])) end
    if not redis.call('XRANGE', KEYS[2], ARGV[2], ARGV[3], 'COUNT', 1)[1] then return {} end
    return wanted(redis.call('XREVRANGE', KEYS[2], ARGV[3], ARGV[2], 'COUNT', ARGV[4]))`,
  // KEYS[2]: a collection. ARGV: the padded position, the bounds, the limit, and 'last' for the members nearest to the end. Returns
  // the padded position up to which the shard was written, the one after ARGV[2] at which the page gets another member, or '', and
  // the members.
  mjMembers: `${GUARD}
    if not checkpoint[3] then return {through, '', {}} end
    if not holds('ZCARD', KEYS[2], tonumber(checkpoint[3])) then return lost(KEYS[2]) end
    local limit, found, next, offset = tonumber(ARGV[5]), {}, '', 0
    local chunk = math.min(limit, 1000)
    while true do
      local members
      if ARGV[6] == 'last' then
        members = redis.call('ZREVRANGEBYLEX', KEYS[2], ARGV[4], ARGV[3], 'LIMIT', offset, chunk)
      else
        members = redis.call('ZRANGEBYLEX', KEYS[2], ARGV[3], ARGV[4], 'LIMIT', offset, chunk)
      end
      for _, member in ipairs(members) do
        local since = string.sub(member, -20)
        if since <= ARGV[2] then
          found[#found + 1] = member
          if #found == limit then return {through, next, found} end
        elseif next == '' or since < next then
          next = since
        end
      end
      if #members < chunk then return {through, next, found} end
      offset = offset + chunk
    end`,
  // KEYS[i]: any keys of the shard. Fails if a read of one of them would fail.
  mjCheck: `${GUARD}
    for i = 2, #KEYS do
      local entries, first = string.match(checkpoint[i + 1] or '', '(%d+) ?(%d*)')
      if entries and not holds(first == '' and 'ZCARD' or 'XLEN', KEYS[i], tonumber(entries)) then return lost(KEYS[i]) end
    end
    return 'ok'`,
};
