// Runs before the first paint, so that a person who chose dark never sees a white flash.
// A file of its own, because the content security policy allows no inline script.
(() => {
  const theme = localStorage.getItem('jingwei.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (localStorage.getItem('jingwei.language') === 'en') document.documentElement.lang = 'en';
})();
