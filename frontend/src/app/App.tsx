import { lazy, Suspense, type ReactNode } from 'react';
import { Route, Switch, useRoute } from 'wouter';

import { ConversationPage } from '../conversation/ConversationPage';
import { useMessages } from '../i18n/useMessages';
import { ImportProvider } from '../list/import/ImportProvider';
import { SignedIn } from '../session/SignedIn';
import { ErrorBoundary } from './ErrorBoundary';
import { Layout } from './Layout';
import { Loading } from './Loading';
import { NotFoundPage } from './NotFoundPage';
import { useTitle } from './useTitle';

// What few visits need comes when it is asked for.
const ComparePage = lazy(() => import('../compare/ComparePage'));
const OperatorPage = lazy(() => import('../operator/OperatorPage'));
const SettingsPage = lazy(() => import('../settings/SettingsPage'));
const SharedPage = lazy(() => import('../list/SharedPage'));

/** All pages by their addresses. What is shared can be read by everybody; the rest may need a key. */
export function App() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/shared/:token">{({ token }) => <SharedPage token={token} />}</Route>
        <Route>
          <SignedIn>
            <ImportProvider>
              <Layout>
                <Pages />
              </Layout>
            </ImportProvider>
          </SignedIn>
        </Route>
      </Switch>
    </Suspense>
  );
}

function Pages() {
  const { list } = useMessages();
  // One page for both, so that a new conversation stays on the screen when it gets its address.
  const [stored, parameters] = useRoute('/c/:id');
  const [fresh] = useRoute('/');
  if (stored || fresh) {
    return (
      <ErrorBoundary key="conversation">
        <ConversationPage id={stored ? parameters.id : null} />
      </ErrorBoundary>
    );
  }
  return (
    <Switch>
      <Route path="/compare">
        <Page title={list.compareTitle}>
          <ComparePage />
        </Page>
      </Route>
      <Route path="/operator">
        <Page title={list.operator}>
          <OperatorPage />
        </Page>
      </Route>
      <Route path="/settings">
        <Page title={list.settings}>
          <SettingsPage />
        </Page>
      </Route>
      <Route component={NotFoundPage} />
    </Switch>
  );
}

/** A page that comes when it is asked for. When it breaks, or does not come, the rest of the page is still there. */
function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useTitle(title);
  return (
    <ErrorBoundary key={title}>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ErrorBoundary>
  );
}
