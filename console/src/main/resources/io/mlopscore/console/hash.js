// The MLflow client prints addresses such as /#/experiments/1/runs/<id>; this leads to our page of it.
(function () {
  "use strict";
  var parts = location.hash.replace(/^#\/?/, "").split("?")[0].split("/").filter(Boolean);
  function name(part) {
    try {
      return encodeURIComponent(decodeURIComponent(part));
    } catch (_) {
      return encodeURIComponent(part);
    }
  }
  if (location.pathname !== "/" || !location.hash.startsWith("#/") || parts.length === 0) {
    return;
  }
  if (parts[0] === "experiments" && parts.length >= 4 && parts[2] === "runs") {
    location.replace("/experiments/" + name(parts[1]) + "/runs/" + name(parts[3]));
  } else if (parts[0] === "experiments" && parts.length >= 2) {
    location.replace("/experiments/" + name(parts[1]));
  } else if (parts[0] === "models" && parts.length >= 4 && parts[2] === "versions") {
    location.replace("/models/" + name(parts[1]) + "#v" + name(parts[3]));
  } else if (parts[0] === "models" && parts.length >= 2) {
    location.replace("/models/" + name(parts[1]));
  }
})();
