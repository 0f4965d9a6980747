import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { parseSearch, type Search, writeSearch } from './kernel/search.ts';
import { sessionQuery } from './kernel/session.ts';
import { AbsentPage, BrokenPage, PendingPage } from './shell/OddPages.tsx';
import { SignedIn } from './shell/SignedIn.tsx';

const rootRoute = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: AbsentPage,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./shell/SignInPage.tsx'), 'SignInPage'),
});

const backRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in/back',
  component: lazyRouteComponent(() => import('./shell/BackPage.tsx'), 'BackPage'),
});

/** Where a session that is held comes to, and from where it goes on. */
const gateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in/gate',
  component: lazyRouteComponent(() => import('./identity/GatePage.tsx'), 'GatePage'),
  beforeLoad: async ({ context }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in' });
  },
});

const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  component: lazyRouteComponent(() => import('./identity/JoinPage.tsx'), 'JoinPage'),
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: SignedIn,
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    const search = { next: location.href } as never;
    if (!session) throw redirect({ to: '/sign-in', search });
    if (session.held) throw redirect({ to: '/sign-in/gate', search });
  },
});

/** A page behind the sign-in, in a chunk of its own. */
function page<Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) {
  return createRoute({
    getParentRoute: () => signedInRoute,
    path,
    component,
    validateSearch: (search): Search => search as Search,
  });
}

const pages = [
  page(
    '/',
    lazyRouteComponent(() => import('./trade/today/TodayPage.tsx'), 'TodayPage'),
  ),
  page(
    '/chain',
    lazyRouteComponent(() => import('./trade/chain/ChainPage.tsx'), 'ChainPage'),
  ),
  page(
    '/orders',
    lazyRouteComponent(() => import('./commerce/OrdersPage.tsx'), 'OrdersPage'),
  ),
  page(
    '/orders/new',
    lazyRouteComponent(() => import('./commerce/NewOrderPage.tsx'), 'NewOrderPage'),
  ),
  page(
    '/orders/$id',
    lazyRouteComponent(() => import('./trade/order/OrderPage.tsx'), 'OrderPage'),
  ),
  page(
    '/orders/$id/answer',
    lazyRouteComponent(() => import('./commerce/AnswerPage.tsx'), 'AnswerPage'),
  ),
  page(
    '/orders/$id/despatch',
    lazyRouteComponent(() => import('./trade/steps/DespatchPage.tsx'), 'DespatchPage'),
  ),
  page(
    '/orders/$id/invoice',
    lazyRouteComponent(() => import('./trade/steps/InvoicePage.tsx'), 'InvoicePage'),
  ),
  page(
    '/shipments',
    lazyRouteComponent(() => import('./goods/ShipmentsPage.tsx'), 'ShipmentsPage'),
  ),
  page(
    '/shipments/$id',
    lazyRouteComponent(() => import('./goods/ShipmentPage.tsx'), 'ShipmentPage'),
  ),
  page(
    '/shipments/$id/receive',
    lazyRouteComponent(() => import('./goods/ReceivePage.tsx'), 'ReceivePage'),
  ),
  page(
    '/stock',
    lazyRouteComponent(() => import('./goods/StockPage.tsx'), 'StockPage'),
  ),
  page(
    '/stock/count',
    lazyRouteComponent(() => import('./goods/CountPage.tsx'), 'CountPage'),
  ),
  page(
    '/stock/production',
    lazyRouteComponent(() => import('./goods/production/ProductionPage.tsx'), 'ProductionPage'),
  ),
  page(
    '/stock/productions/$id',
    lazyRouteComponent(() => import('./goods/production/CorrectionPage.tsx'), 'CorrectionPage'),
  ),
  page(
    '/stock/thread',
    lazyRouteComponent(() => import('./goods/stock/ThreadPage.tsx'), 'ThreadPage'),
  ),
  page(
    '/stock/unknown',
    lazyRouteComponent(() => import('./goods/stock/UnknownPage.tsx'), 'UnknownPage'),
  ),
  page(
    '/events',
    lazyRouteComponent(() => import('./goods/trace/EventsPage.tsx'), 'EventsPage'),
  ),
  page(
    '/event-queries',
    lazyRouteComponent(() => import('./goods/standing/StandingPage.tsx'), 'StandingPage'),
  ),
  page(
    '/events/$id',
    lazyRouteComponent(() => import('./goods/trace/EventPage.tsx'), 'EventPage'),
  ),
  page(
    '/things',
    lazyRouteComponent(() => import('./goods/trace/ThingPage.tsx'), 'ThingPage'),
  ),
  page(
    '/trace',
    lazyRouteComponent(() => import('./goods/trace/TracePage.tsx'), 'TracePage'),
  ),
  page(
    '/extent',
    lazyRouteComponent(() => import('./goods/trace/ExtentPage.tsx'), 'ExtentPage'),
  ),
  page(
    '/recall',
    lazyRouteComponent(() => import('./goods/trace/RecallPage.tsx'), 'RecallPage'),
  ),
  page(
    '/recalls',
    lazyRouteComponent(() => import('./goods/recall/RecallsPage.tsx'), 'RecallsPage'),
  ),
  page(
    '/recalls/$id',
    lazyRouteComponent(() => import('./goods/recall/CasePage.tsx'), 'CasePage'),
  ),
  page(
    '/recall-notices/$id',
    lazyRouteComponent(() => import('./goods/recall/NoticePage.tsx'), 'NoticePage'),
  ),
  page(
    '/observatory/reports',
    lazyRouteComponent(() => import('./observatory/collections/AsksPage.tsx'), 'AsksPage'),
  ),
  page(
    '/observatory/reports/$id',
    lazyRouteComponent(() => import('./observatory/collections/AskPage.tsx'), 'AskPage'),
  ),
  page(
    '/observatory/collections',
    lazyRouteComponent(
      () => import('./observatory/collections/CollectionsPage.tsx'),
      'CollectionsPage',
    ),
  ),
  page(
    '/observatory/collections/$id',
    lazyRouteComponent(
      () => import('./observatory/collections/CollectionPage.tsx'),
      'CollectionPage',
    ),
  ),
  page(
    '/observatory/guards',
    lazyRouteComponent(() => import('./observatory/guards/GuardsPage.tsx'), 'GuardsPage'),
  ),
  page(
    '/observatory/forms',
    lazyRouteComponent(() => import('./observatory/forms/FormsPage.tsx'), 'FormsPage'),
  ),
  page(
    '/observatory/forms/$id',
    lazyRouteComponent(() => import('./observatory/forms/FormPage.tsx'), 'FormPage'),
  ),
  page(
    '/observatory/forms/drafts/$id',
    lazyRouteComponent(() => import('./observatory/forms/DraftPage.tsx'), 'DraftPage'),
  ),
  page(
    '/observatory/releases',
    lazyRouteComponent(() => import('./observatory/releases/ReleasesPage.tsx'), 'ReleasesPage'),
  ),
  page(
    '/observatory/releases/new',
    lazyRouteComponent(
      () => import('./observatory/releases/draft/NewReleasePage.tsx'),
      'NewReleasePage',
    ),
  ),
  page(
    '/observatory/releases/$id',
    lazyRouteComponent(() => import('./observatory/releases/ReleasePage.tsx'), 'ReleasePage'),
  ),
  page(
    '/invoices',
    lazyRouteComponent(() => import('./money/InvoicesPage.tsx'), 'InvoicesPage'),
  ),
  page(
    '/invoices/$id',
    lazyRouteComponent(() => import('./money/InvoicePage.tsx'), 'InvoicePage'),
  ),
  page(
    '/ledger',
    lazyRouteComponent(() => import('./money/ledger/LedgerPage.tsx'), 'LedgerPage'),
  ),
  page(
    '/documents',
    lazyRouteComponent(() => import('./documents/DocumentsPage.tsx'), 'DocumentsPage'),
  ),
  page(
    '/documents/new',
    lazyRouteComponent(() => import('./documents/NewDocumentPage.tsx'), 'NewDocumentPage'),
  ),
  page(
    '/documents/$id',
    lazyRouteComponent(() => import('./documents/DocumentPage.tsx'), 'DocumentPage'),
  ),
  page(
    '/observatory',
    lazyRouteComponent(() => import('./observatory/home/HomePage.tsx'), 'HomePage'),
  ),
  page(
    '/observatory/share',
    lazyRouteComponent(() => import('./observatory/share/SharePage.tsx'), 'SharePage'),
  ),
  page(
    '/observatory/unclassified',
    lazyRouteComponent(() => import('./observatory/share/QueuePage.tsx'), 'QueuePage'),
  ),
  page(
    '/observatory/matrix',
    lazyRouteComponent(() => import('./observatory/matrix/MatrixPage.tsx'), 'MatrixPage'),
  ),
  page(
    '/observatory/classes',
    lazyRouteComponent(() => import('./observatory/classes/ClassesPage.tsx'), 'ClassesPage'),
  ),
  page(
    '/observatory/index',
    lazyRouteComponent(() => import('./observatory/index/IndexPage.tsx'), 'IndexPage'),
  ),
  page(
    '/products/$id',
    lazyRouteComponent(() => import('./consumer/ScanPage.tsx'), 'ScanPage'),
  ),
  page(
    '/settings',
    lazyRouteComponent(() => import('./identity/SettingsPage.tsx'), 'SettingsPage'),
  ),
];

const routeTree = rootRoute.addChildren([
  signInRoute,
  backRoute,
  gateRoute,
  joinRoute,
  signedInRoute.addChildren(pages),
]);

/** To the gate, with the way back to the page that is shown. */
export async function toGate(router: ReturnType<typeof makeRouter>): Promise<void> {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in/gate') return;
  await router.navigate({ to: '/sign-in/gate', search: { next: href } as never });
}

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    parseSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: AbsentPage,
  });
}
