/** The addresses of REST. */
const id = encodeURIComponent;

const withQuery = (path: string, query: Readonly<Record<string, string | number | null>>): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
};

export const paths = {
  info: "/api/info",
  login: "/api/login",
  logout: "/api/logout",
  loginLinks: "/api/login-links",
  submit: "/api/tasks",
  tasks: (query: { state: string | null; cursor: string | null; limit: number }) =>
    withQuery("/api/tasks", query),
  groups: (cursor: string | null) => withQuery("/api/task-groups", { cursor, limit: 100 }),
  groupTasks: (group: string, cursor: string | null) =>
    withQuery(`/api/task-groups/${id(group)}/tasks`, { cursor, limit: 100 }),
  task: (task: string) => `/api/tasks/${id(task)}`,
  act: (task: string, action: "cancel" | "approve" | "waive" | "retry") => `/api/tasks/${id(task)}/${action}`,
  view: (task: string) => `/api/tasks/${id(task)}/evidence`,
  approval: (task: string) => `/api/tasks/${id(task)}/approval`,
  diff: (task: string, path: string | null) => withQuery(`/api/tasks/${id(task)}/diff`, { path }),
  report: (task: string) => `/api/tasks/${id(task)}/report`,
  logs: (task: string) => `/api/tasks/${id(task)}/logs`,
  log: (task: string, log: string) => `/api/tasks/${id(task)}/logs/${log}`,
  lines: (task: string, log: string, from: number, count: number) =>
    withQuery(`/api/tasks/${id(task)}/logs/${log}/lines`, { from, count }),
  search: (task: string, log: string, q: string) =>
    withQuery(`/api/tasks/${id(task)}/logs/${log}/search`, { q }),
};
