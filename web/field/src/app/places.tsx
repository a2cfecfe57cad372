import { lazy } from "react";
import { Navigate, Outlet, Route, Routes } from "react-router";
import { TodayPage } from "../today/TodayPage";
import { LoginPage } from "./LoginPage";
import { Shell } from "./Shell";
import { LoggedIn } from "./session";

const VisitPage = lazy(() => import("../visit/VisitPage"));
const RunPage = lazy(() => import("../sop/RunPage"));
const PartsPage = lazy(() => import("../acts/PartsPage"));
const ReadingsPage = lazy(() => import("../acts/ReadingsPage"));
const PhotosPage = lazy(() => import("../acts/PhotosPage"));
const TimePage = lazy(() => import("../acts/TimePage"));
const FindingsPage = lazy(() => import("../acts/FindingsPage"));
const ReportPage = lazy(() => import("../acts/ReportPage"));
const SignPage = lazy(() => import("../acts/SignPage"));
const FinishPage = lazy(() => import("../acts/FinishPage"));
const ScanPage = lazy(() => import("../scan/ScanPage"));
const DevicePage = lazy(() => import("../device/DevicePage"));
const AskPage = lazy(() => import("../ask/AskPage"));
const VanPage = lazy(() => import("../van/VanPage"));
const MePage = lazy(() => import("../me/MePage"));
const AbsencesPage = lazy(() => import("../me/AbsencesPage"));
const NoticesPage = lazy(() => import("../me/NoticesPage"));
const OutboxPage = lazy(() => import("../me/OutboxPage"));
const SettingsPage = lazy(() => import("../me/SettingsPage"));

function Inside() {
  return (
    <LoggedIn>
      <Shell>
        <Outlet />
      </Shell>
    </LoggedIn>
  );
}

/** Every address of the app. */
export function Places() {
  return (
    <Routes>
      <Route path="login" element={<LoginPage />} />
      <Route element={<Inside />}>
        <Route index element={<TodayPage />} />
        <Route path="visits/:number">
          <Route index element={<VisitPage />} />
          <Route path="sop/:run" element={<RunPage />} />
          <Route path="parts" element={<PartsPage />} />
          <Route path="readings" element={<ReadingsPage />} />
          <Route path="photos" element={<PhotosPage />} />
          <Route path="time" element={<TimePage />} />
          <Route path="findings" element={<FindingsPage />} />
          <Route path="report" element={<ReportPage />} />
          <Route path="sign" element={<SignPage />} />
          <Route path="finish" element={<FinishPage />} />
        </Route>
        <Route path="scan" element={<ScanPage />} />
        <Route path="devices/:serial" element={<DevicePage />} />
        <Route path="ask" element={<AskPage />} />
        <Route path="van" element={<VanPage />} />
        <Route path="me">
          <Route index element={<MePage />} />
          <Route path="absences" element={<AbsencesPage />} />
          <Route path="notices" element={<NoticesPage />} />
          <Route path="outbox" element={<OutboxPage />} />
          <Route path="settings" element={<SettingsPage />} />
        </Route>
        <Route path="*" element={<Navigate to="/" replace />} />
      </Route>
    </Routes>
  );
}
