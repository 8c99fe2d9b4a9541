// Shows what changes without a reload: the server tells that something is new, then the page is read again.
(function () {
  "use strict";
  var PAUSE = 500; // milliseconds between two readings, however much happens
  var address, source, timer, reading;

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
  function show(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    var shown = document.querySelector("main");
    if (!fresh || fresh.innerHTML === shown.dataset.last) {
      return;
    }
    var last = fresh.innerHTML;
    keep(shown, fresh, "details", "open");
    var places = Array.from(shown.querySelectorAll(".scroll"), function (e) { return e.scrollLeft; });
    shown.replaceWith(document.adoptNode(fresh));
    fresh.dataset.last = last;
    fresh.querySelectorAll(".scroll").forEach(function (e, i) { e.scrollLeft = places[i] || 0; });
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
