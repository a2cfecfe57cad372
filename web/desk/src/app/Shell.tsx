import { Suspense } from "react";
import { Outlet } from "react-router";
import { LiveProvider } from "../live/LiveProvider";
import { ErrorFence } from "../ui/ErrorFence";
import { PageSkeleton } from "../ui/Skeletons";
import { CommandPalette } from "./CommandPalette";
import { Rail } from "./Rail";
import { PresenceProvider } from "./presence";
import "../styles/shell.css";

/** The frame of every page: rail at the side (below on phones), palette, live events. */
export function Shell() {
  return (
    <LiveProvider>
      <PresenceProvider>
        <div className="shell">
          <Rail />
          <main className="shell-main" id="main">
            <ErrorFence>
              <Suspense fallback={<PageSkeleton />}>
                <Outlet />
              </Suspense>
            </ErrorFence>
          </main>
          <CommandPalette />
        </div>
      </PresenceProvider>
    </LiveProvider>
  );
}
