// What the charts of the picture need to be drawn on a page of their own: what the page gives, the colours
// that it has, and its day.
viz.style = window.matchMedia("(prefers-color-scheme: dark)");
viz.given = JSON.parse(viz.byId("chart-data").textContent);
viz.data = { nodes: [], charts: { courses: {} }, style: viz.look, today: viz.given.today };
viz.library = () => Promise.resolve(); // the page has loaded them already
viz.state = { now: () => ({ until: null }) };
viz.known = { today: () => viz.days.number(viz.data.today) };
viz.theme = {
  name: () => (viz.style.matches ? "dark" : "light"),
  colours: () => viz.look.themes[viz.theme.name()],
};
// In other colours once the system has them.
viz.style.addEventListener("change", () => window.location.reload());
