// Makes it easier to choose runs and columns; without it the same forms work.
(function () {
  "use strict";
  function boxes() {
    return Array.from(document.querySelectorAll("input[name=run][form=chosen]"));
  }
  // How many are chosen, and which buttons that is enough for.
  function count() {
    var form = document.querySelector("[data-chosen]");
    if (!form) {
      return;
    }
    var all = boxes();
    var chosen = all.filter(function (box) { return box.checked; }).length;
    form.querySelectorAll("[data-needs]").forEach(function (button) {
      button.disabled = chosen < Number(button.dataset.needs);
    });
    form.querySelector("[data-count]").textContent =
      chosen === 0 ? "Choose runs by their boxes." : chosen === 1 ? "1 run chosen" : chosen + " runs chosen";
    document.querySelectorAll("[data-all]").forEach(function (box) {
      box.hidden = false;
      box.checked = chosen > 0 && chosen === all.length;
      box.indeterminate = chosen > 0 && chosen < all.length;
    });
  }
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-all]")) {
      boxes().forEach(function (box) { box.checked = event.target.checked; });
    }
    if (event.target.matches("[name=col]")) {
      event.target.form.dataset.chose = "yes";
    }
    count();
  });
  document.addEventListener("input", function (event) {
    if (!event.target.matches("[data-picker-find]")) {
      return;
    }
    var part = event.target.value.toLowerCase();
    event.target.closest("[data-picker]").querySelectorAll(".choice").forEach(function (choice) {
      choice.hidden = !choice.textContent.toLowerCase().includes(part);
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches("[data-picker-find]")) {
      event.preventDefault();
    }
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
  });
  // The usual columns need not be named in the address.
  document.addEventListener("submit", function (event) {
    if (event.target.matches("form.search") && !event.target.dataset.chose) {
      event.target.querySelectorAll("[name=col][data-usual]").forEach(function (box) { box.disabled = true; });
    }
    event.target.querySelectorAll("select[name=view]").forEach(function (select) { select.disabled = select.value === ""; });
  });
  // A page that comes back from the browser's memory is as it was left.
  addEventListener("pageshow", function () {
    document.querySelectorAll("[name=col]:disabled, select[name=view]:disabled").forEach(function (field) { field.disabled = false; });
    count();
  });
  // One menu at a time, until something else is clicked.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
  });
  document.addEventListener("mlops:changed", count);
  count();
})();
