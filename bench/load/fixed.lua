-- wrk script: the same request again and again: the body BODY as POST, or a GET when there is none.
dofile(os.getenv("LOAD") .. "/report.lua")

function init()
  local body = os.getenv("BODY")
  if body then
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.body = body
  end
end
