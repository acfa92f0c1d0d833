/**
 * What every code of the registry says.
 *
 * `exit` is the process exit code of a command that ends with it, `http` the status of a REST answer,
 * `retry` says whether the same call may succeed later without anyone changing anything.
 * `{name}` in a message or hint is filled from the error's data.
 */
export interface ErrorSpec {
  readonly title: string;
  readonly message: string;
  readonly hint: string;
  readonly exit: 1 | 2 | 130;
  readonly http: number;
  readonly retry: boolean;
}

export const spec = (
  title: string,
  message: string,
  hint: string,
  http = 400,
  exit: 1 | 2 | 130 = 1,
  retry = false,
): ErrorSpec => ({ title, message, hint, exit, http, retry });
