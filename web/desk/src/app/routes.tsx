import { Suspense, lazy } from "react";
import { Navigate, Route, Routes } from "react-router";
import { NotFound } from "../ui/NotFound";
import { Splash } from "../ui/Splash";
import { LoginPage } from "./LoginPage";
import { Shell } from "./Shell";
import { placesOf } from "./places";
import { LoggedIn, useMe } from "./session";

const SetPasswordPage = lazy(() => import("./SetPasswordPage"));
const InboxPage = lazy(() => import("../inbox/InboxPage"));
const TicketsPage = lazy(() => import("../tickets/TicketsPage"));
const TicketPage = lazy(() => import("../tickets/TicketPage"));
const VisitsPage = lazy(() => import("../visits/VisitsPage"));
const VisitPage = lazy(() => import("../visits/VisitPage"));
const VisitReportPage = lazy(() => import("../visits/VisitReportPage"));
const DispatchEngineers = lazy(() => import("../dispatch/EngineersPage"));
const DispatchRules = lazy(() => import("../dispatch/RulesPage"));
const DispatchBoard = lazy(() => import("../dispatch/BoardPage"));
const ContractsPage = lazy(() => import("../contracts/ContractsPage"));
const ContractPage = lazy(() => import("../contracts/ContractPage"));
const ContractEditPage = lazy(() => import("../contracts/ContractEditPage"));
const PromisesPage = lazy(() => import("../promises/OverviewPage"));
const PoliciesPage = lazy(() => import("../promises/PoliciesPage"));
const CalendarsPage = lazy(() => import("../promises/CalendarsPage"));
const DevicesPage = lazy(() => import("../devices/DevicesPage"));
const DevicePage = lazy(() => import("../devices/DevicePage"));
const CustomersPage = lazy(() => import("../customers/CustomersPage"));
const CustomerPage = lazy(() => import("../customers/CustomerPage"));
const StockOverview = lazy(() => import("../stock/OverviewPage"));
const StockParts = lazy(() => import("../stock/PartsPage"));
const StockPart = lazy(() => import("../stock/PartPage"));
const StockBalances = lazy(() => import("../stock/BalancesPage"));
const StockLocations = lazy(() => import("../stock/LocationsPage"));
const StockLocation = lazy(() => import("../stock/LocationPage"));
const StockMoves = lazy(() => import("../stock/MovesPage"));
const StockTransfers = lazy(() => import("../stock/TransfersPage"));
const StockRequests = lazy(() => import("../stock/RequestsPage"));
const StockReservations = lazy(() => import("../stock/ReservationsPage"));
const StockCounts = lazy(() => import("../stock/CountsPage"));
const StockCount = lazy(() => import("../stock/CountPage"));
const StockReplenishment = lazy(() => import("../stock/ReplenishmentPage"));
const BillingSummary = lazy(() => import("../billing/SummaryPage"));
const QuotesPage = lazy(() => import("../billing/QuotesPage"));
const QuotePage = lazy(() => import("../billing/QuotePage"));
const InvoicesPage = lazy(() => import("../billing/InvoicesPage"));
const InvoicePage = lazy(() => import("../billing/InvoicePage"));
const PriceListsPage = lazy(() => import("../billing/PriceListsPage"));
const PriceListPage = lazy(() => import("../billing/PriceListPage"));
const RatesPage = lazy(() => import("../billing/RatesPage"));
const LibraryPage = lazy(() => import("../knowledge/library/LibraryPage"));
const NewArticlePage = lazy(() => import("../knowledge/editor/NewArticlePage"));
const ArticlePage = lazy(() => import("../knowledge/article/ArticlePage"));
const FilesPage = lazy(() => import("../knowledge/files/FilesPage"));
const GapsPage = lazy(() => import("../knowledge/gaps/GapsPage"));
const TicketDraftsPage = lazy(() => import("../knowledge/gaps/TicketDraftsPage"));
const TranslationsPage = lazy(() => import("../knowledge/translations/TranslationsPage"));
const TermsPage = lazy(() => import("../knowledge/terminology/TermsPage"));
const BenchPage = lazy(() => import("../knowledge/bench/BenchPage"));
const SopsPage = lazy(() => import("../sop/SopsPage"));
const SopRunsPage = lazy(() => import("../sop/RunsPage"));
const SopPage = lazy(() => import("../sop/SopPage"));
const SopEditPage = lazy(() => import("../sop/SopEditPage"));
const EndpointPage = lazy(() => import("../outbound/EndpointPage"));
const DeliveriesPage = lazy(() => import("../outbound/DeliveriesPage"));
const ConnectorPage = lazy(() => import("../outbound/ConnectorPage"));
const ConnectorEditPage = lazy(() => import("../outbound/ConnectorEditPage"));
const FaultsPage = lazy(() => import("../faults/FaultsPage"));
const FaultPage = lazy(() => import("../faults/FaultPage"));
const FaultReviewPage = lazy(() => import("../faults/ReviewPage"));
const FaultTryPage = lazy(() => import("../faults/TryPage"));
const FeedbackPage = lazy(() => import("../feedback/OverviewPage"));
const FeedbackAnswersPage = lazy(() => import("../feedback/AnswersPage"));
const CallbacksPage = lazy(() => import("../feedback/CallbacksPage"));
const FeedbackSettingsPage = lazy(() => import("../feedback/SettingsPage"));
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
        <Route path="/set-password" element={<SetPasswordPage />} />
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
          <Route path="visits" element={<VisitsPage />} />
          <Route path="visits/:number" element={<VisitPage />} />
          <Route path="visits/:number/report" element={<VisitReportPage />} />
          <Route path="dispatch" element={<DispatchBoard />} />
          <Route path="dispatch/engineers" element={<DispatchEngineers />} />
          <Route path="dispatch/rules" element={<DispatchRules />} />
          <Route path="contracts" element={<ContractsPage />} />
          <Route path="contracts/new" element={<ContractEditPage />} />
          <Route path="contracts/:number" element={<ContractPage />} />
          <Route path="contracts/:number/edit" element={<ContractEditPage />} />
          <Route path="promises" element={<PromisesPage />} />
          <Route path="promises/policies/:code?" element={<PoliciesPage />} />
          <Route path="promises/calendars/:code?" element={<CalendarsPage />} />
          <Route path="devices" element={<DevicesPage />} />
          <Route path="devices/:serial" element={<DevicePage />} />
          <Route path="customers" element={<CustomersPage />} />
          <Route path="customers/:id" element={<CustomerPage />} />
          <Route path="stock" element={<StockOverview />} />
          <Route path="stock/parts" element={<StockParts />} />
          <Route path="stock/parts/:part" element={<StockPart />} />
          <Route path="stock/balances" element={<StockBalances />} />
          <Route path="stock/locations" element={<StockLocations />} />
          <Route path="stock/locations/:code" element={<StockLocation />} />
          <Route path="stock/moves" element={<StockMoves />} />
          <Route path="stock/transfers/:transfer?" element={<StockTransfers />} />
          <Route path="stock/requests/:request?" element={<StockRequests />} />
          <Route path="stock/reservations" element={<StockReservations />} />
          <Route path="stock/counts" element={<StockCounts />} />
          <Route path="stock/counts/:count" element={<StockCount />} />
          <Route path="stock/replenishment" element={<StockReplenishment />} />
          <Route path="faults" element={<FaultsPage />} />
          <Route path="faults/review" element={<FaultReviewPage />} />
          <Route path="faults/try" element={<FaultTryPage />} />
          <Route path="faults/:number" element={<FaultPage />} />
          <Route path="feedback" element={<FeedbackPage />} />
          <Route path="feedback/answers" element={<FeedbackAnswersPage />} />
          <Route path="feedback/callbacks" element={<CallbacksPage />} />
          <Route path="feedback/settings" element={<FeedbackSettingsPage />} />
          <Route path="billing" element={<BillingSummary />} />
          <Route path="billing/quotes" element={<QuotesPage />} />
          <Route path="billing/quotes/:number" element={<QuotePage />} />
          <Route path="billing/invoices" element={<InvoicesPage />} />
          <Route path="billing/invoices/:id" element={<InvoicePage />} />
          <Route path="billing/price-lists" element={<PriceListsPage />} />
          <Route path="billing/price-lists/:code" element={<PriceListPage />} />
          <Route path="billing/rates" element={<RatesPage />} />
          <Route path="knowledge" element={<LibraryPage />} />
          <Route path="knowledge/new" element={<NewArticlePage />} />
          <Route path="knowledge/files/:id?" element={<FilesPage />} />
          <Route path="knowledge/articles/:id/:view?" element={<ArticlePage />} />
          <Route path="knowledge/gaps" element={<GapsPage />} />
          <Route path="knowledge/tickets" element={<TicketDraftsPage />} />
          <Route path="knowledge/translations" element={<TranslationsPage />} />
          <Route path="knowledge/terms" element={<TermsPage />} />
          <Route path="knowledge/search" element={<BenchPage />} />
          <Route path="sops" element={<SopsPage />} />
          <Route path="sops/runs" element={<SopRunsPage />} />
          <Route path="sops/:code" element={<SopPage />} />
          <Route path="sops/:code/edit" element={<SopEditPage />} />
          <Route path="settings/webhooks/deliveries/:delivery?" element={<DeliveriesPage />} />
          <Route path="settings/webhooks/:id" element={<EndpointPage />} />
          <Route path="settings/connectors/new" element={<ConnectorEditPage />} />
          <Route path="settings/connectors/:id" element={<ConnectorPage />} />
          <Route path="settings/connectors/:id/edit" element={<ConnectorEditPage />} />
          <Route path="settings/:section?/:item?" element={<SettingsPage />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
