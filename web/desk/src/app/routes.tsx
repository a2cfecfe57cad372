import { Suspense, lazy } from "react";
import { Navigate, Route, Routes } from "react-router";
import { NotFound } from "../ui/NotFound";
import { Splash } from "../ui/Splash";
import { LoginPage } from "./LoginPage";
import { Shell } from "./Shell";
import { placesOf } from "./places";
import { LoggedIn, useMe } from "./session";

const InboxPage = lazy(() => import("../inbox/InboxPage"));
const TicketsPage = lazy(() => import("../tickets/TicketsPage"));
const TicketPage = lazy(() => import("../tickets/TicketPage"));
const DevicesPage = lazy(() => import("../devices/DevicesPage"));
const DevicePage = lazy(() => import("../devices/DevicePage"));
const CustomersPage = lazy(() => import("../customers/CustomersPage"));
const CustomerPage = lazy(() => import("../customers/CustomerPage"));
const LibraryPage = lazy(() => import("../knowledge/library/LibraryPage"));
const NewArticlePage = lazy(() => import("../knowledge/editor/NewArticlePage"));
const ArticlePage = lazy(() => import("../knowledge/article/ArticlePage"));
const FilesPage = lazy(() => import("../knowledge/files/FilesPage"));
const GapsPage = lazy(() => import("../knowledge/gaps/GapsPage"));
const TicketDraftsPage = lazy(() => import("../knowledge/gaps/TicketDraftsPage"));
const TranslationsPage = lazy(() => import("../knowledge/translations/TranslationsPage"));
const TermsPage = lazy(() => import("../knowledge/terminology/TermsPage"));
const BenchPage = lazy(() => import("../knowledge/bench/BenchPage"));
const SettingsPage = lazy(() => import("../settings/SettingsPage"));

function FirstPlace() {
  const [first] = placesOf(useMe());
  return <Navigate to={first?.path ?? "/settings"} replace />;
}

export function DeskRoutes() {
  return (
    <Suspense fallback={<Splash />}>
      <Routes>
        <Route path="/login" element={<LoginPage />} />
        <Route
          element={
            <LoggedIn>
              <Shell />
            </LoggedIn>
          }
        >
          <Route index element={<FirstPlace />} />
          <Route path="inbox/:box?/:id?" element={<InboxPage />} />
          <Route path="tickets" element={<TicketsPage />} />
          <Route path="tickets/:number" element={<TicketPage />} />
          <Route path="devices" element={<DevicesPage />} />
          <Route path="devices/:serial" element={<DevicePage />} />
          <Route path="customers" element={<CustomersPage />} />
          <Route path="customers/:id" element={<CustomerPage />} />
          <Route path="knowledge" element={<LibraryPage />} />
          <Route path="knowledge/new" element={<NewArticlePage />} />
          <Route path="knowledge/files/:id?" element={<FilesPage />} />
          <Route path="knowledge/articles/:id/:view?" element={<ArticlePage />} />
          <Route path="knowledge/gaps" element={<GapsPage />} />
          <Route path="knowledge/tickets" element={<TicketDraftsPage />} />
          <Route path="knowledge/translations" element={<TranslationsPage />} />
          <Route path="knowledge/terms" element={<TermsPage />} />
          <Route path="knowledge/search" element={<BenchPage />} />
          <Route path="settings/:section?" element={<SettingsPage />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
