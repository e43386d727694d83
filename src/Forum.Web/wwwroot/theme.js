// Runs in <head> before the first paint, so that a chosen theme never flashes. Without it, the system's setting rules.
(() => {
  const root = document.documentElement;
  const order = ["system", "light", "dark"];

  const chosen = () => {
    try {
      const kept = localStorage.getItem("theme");
      return order.includes(kept) ? kept : "system";
    } catch {
      return root.dataset.theme ?? "system";
    }
  };

  const keep = theme => {
    try {
      if (theme === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", theme);
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
  };

  const show = theme => {
    if (!("script" in root.dataset)) root.dataset.script = "";
    if (theme === "system") delete root.dataset.theme;
    else if (root.dataset.theme !== theme) root.dataset.theme = theme;
  };

  let theme = chosen();
  show(theme);

  // Enhanced navigation takes attributes off <html> that the server did not send; an observer answers before the paint.
  new MutationObserver(() => show(theme)).observe(root, { attributeFilter: ["data-theme", "data-script"] });

  addEventListener("storage", event => {
    if (event.key !== "theme" && event.key !== null) return;
    theme = chosen();
    show(theme);
  });

  document.addEventListener("click", event => {
    const button = event.target.closest?.("[data-theme-switch]");
    if (!button) return;
    theme = order[(order.indexOf(theme) + 1) % order.length];
    keep(theme);
    show(theme);
    announce(button);
  });

  // The words come from the page, in its language: data-system, data-light, data-dark.
  const announce = button => {
    const words = button.dataset[theme];
    if (!words) return;
    button.setAttribute("aria-label", words);
    button.title = words;
  };

  const announceAll = () => document.querySelectorAll("[data-theme-switch]").forEach(announce);
  addEventListener("DOMContentLoaded", () => {
    announceAll();
    globalThis.Blazor?.addEventListener?.("enhancedload", announceAll);
  });
})();
