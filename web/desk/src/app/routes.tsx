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
const LibraryPage = lazy(() => import("../knowledge/LibraryPage"));
const ArticlePage = lazy(() => import("../knowledge/ArticlePage"));
const SearchBench = lazy(() => import("../knowledge/SearchBench"));
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
          <Route path="knowledge/search" element={<SearchBench />} />
          <Route path="knowledge/articles/:key" element={<ArticlePage />} />
          <Route path="settings/:section?" element={<SettingsPage />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
