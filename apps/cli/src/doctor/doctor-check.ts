/** One line of `pm doctor`. `warn` is worth mending but stops nothing. */
export interface DoctorCheck {
  readonly name: string;
  readonly outcome: "ok" | "warn" | "fail";
  readonly detail: string;
  /** One thing to do; null where all is well. */
  readonly fix: string | null;
}
