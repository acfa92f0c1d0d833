import { useInfiniteQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import "./palette.css";
import { queries } from "../api/queries.ts";
import { navigate } from "../router/location.ts";
import { groupPath, matchRoute, TABS, taskPath } from "../router/match-route.ts";
import { NAV } from "../shell/nav.ts";
import { openDialog } from "../shell/open-dialog.ts";
import { openComposer } from "../shell/use-shortcuts.ts";
import { setTheme, THEMES } from "../theme/theme.ts";
import { Dialog } from "../ui/dialog.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { STATE_LOOK } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";

/** Everything that can be reached or done, by a few letters of its name. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const tasks = useInfiniteQuery(queries.tasks(null));
  const groups = useInfiniteQuery(queries.groups());
  const screen = matchRoute(window.location.pathname);
  const run = (act: () => void) => () => {
    onClose();
    // Once the dialog has given the focus back.
    setTimeout(act);
  };
  const go = (to: string) => run(() => navigate(to));
  return (
    <Dialog bare look="palette" onClose={onClose} title="Find or do">
      <Command label="Find or do" loop>
        <Command.Input
          autoFocus
          className="palette-input"
          placeholder="Find a task, go somewhere, do something"
        />
        <Command.List className="palette-list" label="What was found">
          <Command.Empty className="palette-empty">Nothing is like that.</Command.Empty>
          {screen.name === "task" ? (
            <Command.Group heading={screen.id}>
              {TABS.map((tab) => (
                <Command.Item key={tab} onSelect={go(taskPath(screen.id, tab))} value={`${screen.id} ${tab}`}>
                  {`${tab.charAt(0).toUpperCase()}${tab.slice(1)} of ${screen.id}`}
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          <Command.Group heading="Do">
            <Command.Item onSelect={run(openComposer)} value="new task">
              New task
            </Command.Item>
            <Command.Item onSelect={run(() => openDialog.set("phone"))} value="open on your phone device">
              Open on your phone
            </Command.Item>
            <Command.Item onSelect={run(() => openDialog.set("help"))} value="show shortcuts help">
              Show shortcuts
            </Command.Item>
            {THEMES.map((name) => (
              <Command.Item key={name} onSelect={run(() => setTheme(name))} value={`theme ${name}`}>
                Theme: {name}
              </Command.Item>
            ))}
          </Command.Group>
          <Command.Group heading="Go to">
            {NAV.map(({ href, word }) => (
              <Command.Item key={href} onSelect={go(href)} value={`go to ${word}`}>
                {word}
              </Command.Item>
            ))}
          </Command.Group>
          <Command.Group heading="Tasks">
            {tasks.data?.pages.flatMap(({ items }) =>
              items.map((task) => (
                <Command.Item
                  key={task.task_id}
                  keywords={[STATE_LOOK[task.status].word]}
                  onSelect={go(taskPath(task.task_id))}
                  value={`${task.task_id} ${task.summary}`}
                >
                  <StateMark of={task.status} />
                  <span className="ellipsis">{visibleText(task.summary)}</span>
                  <span className="palette-end muted small">{task.task_id}</span>
                </Command.Item>
              )),
            )}
          </Command.Group>
          <Command.Group heading="Groups">
            {groups.data?.pages[0]?.items.map(({ task_group_id: id }) => (
              <Command.Item key={id} onSelect={go(groupPath(id))} value={`group ${id}`}>
                {id}
              </Command.Item>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}
