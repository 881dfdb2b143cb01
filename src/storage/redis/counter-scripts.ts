/*
 * The same arithmetic as src/protection/counters, run inside the server so that a wish is atomic.
 * Numbers travel as text; Lua's are doubles, exact for microseconds until the year 2255.
 */

const units = `
local units, period_ms, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local amount, now_us = tonumber(ARGV[4]), math.floor(tonumber(ARGV[5]) * 1000 + 0.5)
local unit_us = period_ms * 1000 / units
local burst_us = unit_us * burst
local before = tonumber(redis.call('GET', KEYS[1]) or '0')
local function keep(arrival_us)
  local ms = math.ceil((arrival_us - now_us) / 1000)
  if ms > 0 then redis.call('SET', KEYS[1], string.format('%.0f', arrival_us), 'PX', ms) end
end
`;

/** Wish under a quota: [allowed, remaining, retry after ms or -1 for never, reset ms]. */
export const takeScript: string = `${units}
local function units_in(span_us) return math.max(0, math.floor((span_us + 1) / unit_us)) end
local sane = math.min(math.max(before, now_us), now_us + burst_us + period_ms * 1000)
local after = sane + unit_us * amount
local over_us = after - now_us - burst_us
if over_us > 1 then
  local retry = amount > burst and -1 or math.ceil(over_us / 1000)
  return {0, units_in(burst_us - (sane - now_us)), retry, math.ceil((sane - now_us) / 1000)}
end
keep(after)
return {1, units_in(-over_us), 0, math.ceil((after - now_us) / 1000)}
`;

/** What was used in any case; the debt is a period beyond the burst at most. */
export const chargeScript: string = `${units}
local after = math.max(before, now_us) + unit_us * amount
keep(math.min(after, now_us + burst_us + period_ms * 1000))
return 1
`;

/** Sliding count; the value is "index previous current". */
export const countScript: string = `
local window_ms, amount, now_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local index = math.floor(now_ms / window_ms)
local previous, current = 0, 0
local stored = redis.call('GET', KEYS[1])
if stored then
  local at, before, now = string.match(stored, '^(%d+) (%d+) (%d+)$')
  if tonumber(at) == index then previous, current = tonumber(before), tonumber(now)
  elseif tonumber(at) == index - 1 then previous = tonumber(now) end
end
if amount > 0 then
  current = math.min(current + amount, 65535)
  redis.call('SET', KEYS[1], string.format('%.0f %.0f %.0f', index, previous, current), 'PX', 2 * window_ms)
end
local share = 1 - (now_ms % window_ms) / window_ms
return current + math.floor(previous * share)
`;
