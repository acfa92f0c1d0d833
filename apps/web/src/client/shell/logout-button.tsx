import { useMutation } from "@tanstack/react-query";
import { paths } from "../api/paths.ts";
import { request } from "../api/request.ts";
import { loginNeeded } from "../login/login-needed.ts";
import { Button } from "../ui/button.tsx";
import { openDialog } from "./open-dialog.ts";

export function LogoutButton() {
  const logout = useMutation({
    mutationFn: () => request(paths.logout, { method: "POST", body: {} }),
    onSuccess: () => {
      openDialog.set(null);
      loginNeeded.set(true);
    },
  });
  return (
    <Button busy={logout.isPending} onClick={() => logout.mutate()}>
      Log out
    </Button>
  );
}
