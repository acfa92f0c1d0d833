import type { Engine, RunnerError } from "@pm/core";
import type { DoctorCheck } from "./doctor/doctor-check.ts";

export interface ProjectReport {
  /** Its real path. */
  readonly project: string;
  /** Everything that makes it no valid project; empty where it is one. */
  readonly problems: readonly RunnerError[];
}

export interface InitReport {
  readonly project: string;
  /** Paths relative to the project. */
  readonly created: readonly string[];
  readonly kept: readonly string[];
}

/** What commands ask of the rest of the product. Each part is loaded when it is first asked for. */
export interface Services {
  engine(): Promise<Engine>;
  validate(project: string): Promise<ProjectReport>;
  /** @throws RunnerError E101–E104, E109, E119, E122 */
  init(project: string): Promise<InitReport>;
  /** Looks at the machine, the logins and one project; never throws for what it finds. */
  doctor(project: string): Promise<readonly DoctorCheck[]>;
}
