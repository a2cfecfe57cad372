import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense } from "react";
import { BrowserRouter } from "react-router";
import { LanguageProvider } from "../i18n/LanguageProvider";
import { Loading } from "../ui/States";
import { ToastProvider } from "../ui/Toast";
import { Fence } from "./Fence";
import { queryClient } from "./queryClient";
import { Places } from "./places";

/** The app: languages, server state, passing words, addresses. */
export function Field() {
  return (
    <LanguageProvider>
      <QueryClientProvider client={queryClient}>
        <ToastProvider>
          <BrowserRouter basename="/field">
            <Fence>
              <Suspense fallback={<Loading />}>
                <Places />
              </Suspense>
            </Fence>
          </BrowserRouter>
        </ToastProvider>
      </QueryClientProvider>
    </LanguageProvider>
  );
}
