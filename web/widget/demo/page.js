// Language by ?lang=, colours by the visitor's choice, and buttons that open the chat.
(() => {
  const texts = JSON.parse(document.currentScript.dataset.texts);
  const asked = new URLSearchParams(location.search).get("lang");
  const language = asked in texts ? asked : "zh";
  const page = document.documentElement;
  page.lang = language;

  const remembered = () => {
    try {
      return localStorage.getItem("demo-theme");
    } catch {
      return null; // storage is blocked: the choice lasts for this page
    }
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let theme = remembered() ?? (dark.matches ? "dark" : "light");

  const paint = () => {
    page.dataset.theme = theme;
    document.querySelector("careloop-chat")?.setAttribute("data-theme", theme);
  };
  page.dataset.theme = theme;

  const fill = () => {
    for (const node of document.querySelectorAll("[data-text]")) {
      node.textContent = texts[language][node.dataset.text];
    }
    for (const node of document.querySelectorAll("[data-label]")) {
      node.setAttribute("aria-label", texts[language][node.dataset.label]);
    }
    for (const link of document.querySelectorAll(".languages a")) {
      if (link.lang === language) link.setAttribute("aria-current", "true");
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    fill();
    const chat = document.querySelector("careloop-chat");
    chat.setAttribute("data-language", language);
    paint();
    document.querySelector(".theme").addEventListener("click", () => {
      theme = theme === "dark" ? "light" : "dark";
      paint();
      try {
        localStorage.setItem("demo-theme", theme);
      } catch {
        // as above
      }
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-chat]");
      if (button && chat.open) chat.open(button.dataset.chat === "ask" ? button.textContent : undefined);
    });
  });
})();
