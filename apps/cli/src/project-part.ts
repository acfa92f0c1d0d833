/** What looks at a project or a machine without the engine, behind one `import()`. */
export { examine } from "./doctor/examine.ts";
export { executors, init, validate } from "./project-services.ts";
