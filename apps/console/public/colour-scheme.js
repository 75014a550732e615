// Before the first paint, so that nobody is dazzled at night. A file of its own: the page's policy allows no inline script.
{
  const chosen = localStorage.getItem("headway-colour-scheme");
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.mantineColorScheme = dark ? "dark" : "light";
}
