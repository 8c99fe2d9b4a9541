// The MLflow client prints addresses such as /#/experiments/1/runs/<id>; this leads to our page of it.
(function () {
  "use strict";
  var root = document.currentScript.dataset.root || "";
  var parts = location.hash.replace(/^#\/?/, "").split("?")[0].split("/").filter(Boolean);
  function name(part) {
    try {
      return encodeURIComponent(decodeURIComponent(part));
    } catch (_) {
      return encodeURIComponent(part);
    }
  }
  if (location.pathname !== root + "/" || !location.hash.startsWith("#/") || parts.length === 0) {
    return;
  }
  if (parts[0] === "experiments" && parts.length >= 4 && parts[2] === "runs") {
    location.replace(root + "/experiments/" + name(parts[1]) + "/runs/" + name(parts[3]));
  } else if (parts[0] === "experiments" && parts.length >= 3 && parts[2] === "traces") {
    location.replace(root + "/experiments/" + name(parts[1]) + "/traces");
  } else if (parts[0] === "experiments" && parts.length >= 2) {
    location.replace(root + "/experiments/" + name(parts[1]));
  } else if (parts[0] === "models" && parts.length >= 4 && parts[2] === "versions") {
    location.replace(root + "/models/" + name(parts[1]) + "/versions/" + name(parts[3]));
  } else if ((parts[0] === "models" || parts[0] === "prompts") && parts.length >= 2) {
    location.replace(root + "/models/" + name(parts[1]));
  } else if (parts[0] === "models" || parts[0] === "prompts") {
    location.replace(root + "/" + parts[0]);
  }
})();
