-- wrk script: posts the JSON bodies of the file BODIES in turn, with the key API_KEY.
dofile(os.getenv("LOAD") .. "/report.lua")
local requests = {}
local turn = 0

function init()
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["X-API-Key"] = os.getenv("API_KEY")
  for body in io.lines(os.getenv("BODIES")) do
    requests[#requests + 1] = wrk.format(nil, nil, nil, body)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
