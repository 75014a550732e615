import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
let answer: Promise<boolean> | undefined;

/**
 * A command line whose process gets `signal` from the kernel when this process dies, even by SIGKILL
 * (prctl PR_SET_PDEATHSIG, by util-linux' setpriv, which then becomes the server). Unchanged where there is
 * no such setpriv: there the next start finds what was left behind (see claimed-folder.ts).
 */
export const tiedToParent = async (
  command: string,
  args: readonly string[],
  signal: NodeJS.Signals,
): Promise<{ command: string; args: string[] }> => {
  answer ??= run("setpriv", ["--pdeathsig", "TERM", "true"]).then(
    () => true,
    () => false,
  );
  if (!(await answer)) return { command, args: [...args] };
  return { command: "setpriv", args: ["--pdeathsig", signal.replace("SIG", ""), "--", command, ...args] };
};
