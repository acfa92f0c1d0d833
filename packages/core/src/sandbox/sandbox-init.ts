/**
 * What runs first inside the sandbox, as constant text: nothing of a user or an agent ever becomes part of it.
 *
 * The init is PID 1 of the private PID namespace, so it can't be killed from inside and everything orphaned falls to
 * it; when the host kills it, the kernel kills all the rest. It speaks over fd 3, a socket to the host that no other
 * process inside holds:
 *   init → host  `@ready`      set up; the host answers `go`, or closes, and then nothing is started
 *   init → host  `@missing`, `@denied`  there is no such program, or it is not executable
 *   init → host  `@exit <n>`   the main process ended, as shells number it (128 + signal)
 *   init → host  `@done`       helpers of ours are gone too: whatever lives now is a survivor; init waits to be killed
 * Any other line is the shell's own complaint and tells `killed by signal` from `exit 143`. Only the subshell has
 * the child's stderr: dash redirects a plain command's in itself first, and would complain there. A POSIX shell, because it starts in a millisecond where Node takes forty.
 */
export const INIT_SCRIPT = `
exec 4>&2 2>&3
_pm_node=$1 _pm_source=$2 _pm_port=$3 _pm_socket=$4
shift 4
_pm_bridge=
if [ -n "$_pm_socket" ]; then
  NODE_OPTIONS= NODE_EXTRA_CA_CERTS= "$_pm_node" -e "$_pm_source" "$_pm_port" "$_pm_socket" </dev/null >&3 2>/dev/null 3>&- 4>&- &
  _pm_bridge=$!
else
  echo @ready >&3
fi
read -r _pm_go <&3 || exit 125
[ "$_pm_go" = go ] || exit 125
_pm_program=$1
shift
case $_pm_program in
*/*) ;;
*)
  set -f
  IFS=:
  for _pm_dir in $PATH; do
    if [ -f "$_pm_dir/$_pm_program" ] && [ -x "$_pm_dir/$_pm_program" ]; then
      _pm_program=$_pm_dir/$_pm_program
      break
    fi
  done
  unset IFS
  ;;
esac
if [ "$_pm_program" = "\${_pm_program#*/}" ] || [ ! -e "$_pm_program" ]; then
  echo @missing >&3
elif [ ! -f "$_pm_program" ] || [ ! -x "$_pm_program" ]; then
  echo @denied >&3
else
  ( exec "$_pm_program" "$@" 2>&4 3>&- 4>&- )
  echo "@exit $?" >&3
fi
if [ -n "$_pm_bridge" ]; then
  kill -9 "$_pm_bridge"
  wait "$_pm_bridge"
fi
echo @done >&3
read -r _pm_end <&3
`;

/**
 * Pipes loopback connections to the one unix socket. It outlives SIGTERM, so that a graceful end still has its way out.
 * Whoever looks at `process.stdout`, as `pipe` does, makes fd 3 non-blocking for the init as well; its last read would
 * then end it at once, and with it every survivor before it is counted. So there is none.
 */
export const BRIDGE_SOURCE = `
const net = require("node:net");
Object.defineProperty(process, "stdout", { value: null });
const [port, socket] = process.argv.slice(1);
process.on("SIGTERM", () => {});
process.on("SIGINT", () => {});
net.createServer({ allowHalfOpen: true }, (inner) => {
  const outer = net.connect({ path: socket, allowHalfOpen: true });
  inner.pipe(outer).pipe(inner);
  inner.on("error", () => outer.destroy());
  outer.on("error", () => inner.destroy());
  inner.on("close", () => outer.destroy());
  outer.on("close", () => inner.destroy());
}).listen(Number(port), "127.0.0.1", () => {
  require("node:fs").writeSync(1, "@ready\\n");
});
`;

/** Port of the endpoint inside the sandbox; the network namespace is private, so it can't be taken. */
export const ENDPOINT_PORT = 43117;
/** Where the endpoint's socket is inside the sandbox. */
export const ENDPOINT_SOCKET = "/run/pm-endpoint.sock";
/** The child's HOME and temporary folder inside the sandbox. */
export const SANDBOX_HOME = "/tmp/home";
export const SANDBOX_TMP = "/tmp";
