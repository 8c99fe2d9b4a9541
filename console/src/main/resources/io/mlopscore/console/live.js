// Shows what changes without a reload: the server tells that something is new, then the page is read again.
(function () {
  "use strict";
  var PAUSE = 500; // milliseconds between two readings, however much happens
  var address, source, timer, reading;
  var last = new Map(); // what the server sent, by region

  function open() {
    source = new EventSource(address);
    source.onmessage = later;
    (document.body.dataset.liveOn || "").split(" ").forEach(function (type) {
      source.addEventListener(type, later);
    });
  }
  // A browser opens few connections to one server: a tab that nobody sees needs none.
  function follow() {
    if (document.hidden) {
      source.close();
    } else if (source.readyState === EventSource.CLOSED) {
      open();
      later();
    }
  }
  function later() {
    timer = timer || setTimeout(read, PAUSE);
  }
  function read() {
    if (reading) {
      timer = setTimeout(read, PAUSE);
      return;
    }
    timer = undefined;
    reading = fetch(location.href)
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(show)
      .catch(function () { /* the page stays as it is until the next event */ })
      .finally(function () { reading = undefined; });
  }
  // Only what can change by itself is replaced, so that nobody loses what they were writing or drawing.
  function show(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html");
    document.querySelectorAll("[data-region]").forEach(function (shown) {
      var other = fresh.querySelector("[data-region=" + shown.dataset.region + "]");
      if (other && other.innerHTML !== (last.get(shown.dataset.region) || shown.innerHTML)) {
        last.set(shown.dataset.region, other.innerHTML);
        replace(shown, document.adoptNode(other));
      }
    });
    document.dispatchEvent(new CustomEvent("mlops:changed"));
  }
  function replace(shown, fresh) {
    if (shown.contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox]), textarea, select")) {
      return;
    }
    var focused = shown.contains(document.activeElement) ? document.activeElement : undefined;
    var again = focused && (focused.value ? "[value='" + CSS.escape(focused.value) + "']" : focused.getAttribute("href") ? "[href='" + CSS.escape(focused.getAttribute("href")) + "']" : "");
    keep(shown, fresh, "details", "open");
    var chosen = Array.from(shown.querySelectorAll("input[name=run]:checked"), function (box) { return box.value; });
    fresh.querySelectorAll("input[name=run]").forEach(function (box) { box.checked = chosen.includes(box.value); });
    var place = shown.scrollLeft;
    shown.replaceWith(fresh);
    fresh.scrollLeft = place;
    if (again && fresh.querySelector(again)) {
      fresh.querySelector(again).focus({ preventScroll: true });
    }
  }
  function keep(from, to, selector, property) {
    var old = from.querySelectorAll(selector);
    to.querySelectorAll(selector).forEach(function (e, i) {
      if (old[i]) {
        e[property] = old[i][property];
      }
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    address = document.body.dataset.live;
    if (address) {
      open();
      document.addEventListener("visibilitychange", follow);
    }
  });
})();
