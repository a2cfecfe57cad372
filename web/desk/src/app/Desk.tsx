import { QueryClientProvider } from "@tanstack/react-query";
import { BrowserRouter } from "react-router";
import { LanguageProvider } from "../i18n/LanguageProvider";
import { ThemeProvider } from "../theme/ThemeProvider";
import { queryClient } from "./queryClient";
import { DeskRoutes } from "./routes";

/** The whole desk: texts, theme, server state, pages. */
export function Desk() {
  return (
    <LanguageProvider>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <BrowserRouter basename="/desk">
            <DeskRoutes />
          </BrowserRouter>
        </QueryClientProvider>
      </ThemeProvider>
    </LanguageProvider>
  );
}
