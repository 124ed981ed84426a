// What the charts of the picture need to be drawn on a page of their own: the data of one course, the colours
// that the page has, and its day.
viz.style = window.matchMedia("(prefers-color-scheme: dark)");
viz.course_data = JSON.parse(viz.byId("course-data").textContent);
viz.data = { nodes: [], charts: { courses: {} }, style: viz.look, today: viz.course_data.today };
viz.library = () => Promise.resolve(); // the page has loaded them already
viz.state = { now: () => ({ until: null }) };
viz.known = { today: () => viz.days.number(viz.data.today) };
viz.theme = {
  name: () => (viz.style.matches ? "dark" : "light"),
  colours: () => viz.look.themes[viz.theme.name()],
};
