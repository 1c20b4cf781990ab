// Select2 calls a field by what is chosen in it, so that an empty one has no name for a screen reader.
"use strict";
/* global django */

{
  const nameFields = (root) => {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      if (label && box) {
        label.id ||= `${select.id}_label`;
        const shown = box.querySelector(".select2-selection__rendered");
        box.setAttribute("aria-labelledby", shown?.id ? `${label.id} ${shown.id}` : label.id);
        shown?.setAttribute("aria-labelledby", label.id);
        box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
      }
    }
  };

  // The admin draws the fields when its jQuery is ready, one callback after the other; ours comes after all of them.
  const afterTheOthers = (callback) => django.jQuery(() => django.jQuery(callback));
  window.addEventListener("load", () => afterTheOthers(() => nameFields(document)));
  document.addEventListener("formset:added", (event) => afterTheOthers(() => nameFields(event.target)));
}
