-- wrk script: logs POINTS new points of a metric to the run RUN with every request: by log-metric if that is one, by
-- log-batch otherwise. No point is sent twice.
dofile(os.getenv("LOAD") .. "/report.lua")
local run = os.getenv("RUN")
local points = tonumber(os.getenv("POINTS"))
local step = tonumber(os.getenv("FIRST_STEP"))

function init()
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

local function point()
  step = step + 1
  return string.format('"key": "loss", "value": %.6f, "timestamp": %d, "step": %d', math.random(), 1700000000000 + step, step)
end

function request()
  if points == 1 then
    return wrk.format(nil, nil, nil, string.format('{"run_id": "%s", %s}', run, point()))
  end
  local all = {}
  for i = 1, points do
    all[i] = "{" .. point() .. "}"
  end
  return wrk.format(nil, nil, nil, string.format('{"run_id": "%s", "metrics": [%s]}', run, table.concat(all, ", ")))
end
