import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useRoute } from 'wouter';

import { ConversationPage } from '../conversation/ConversationPage';
import { SignedIn } from '../session/SignedIn';
import { Layout } from './Layout';
import { Loading } from './Loading';

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
            <Layout>
              <Pages />
            </Layout>
          </SignedIn>
        </Route>
      </Switch>
    </Suspense>
  );
}

function Pages() {
  // One page for both, so that a new conversation stays on the screen when it gets its address.
  const [stored, parameters] = useRoute('/c/:id');
  const [fresh] = useRoute('/');
  if (stored || fresh) {
    return <ConversationPage id={stored ? parameters.id : null} />;
  }
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/compare" component={ComparePage} />
        <Route path="/operator" component={OperatorPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route>
          <Redirect to="/" replace />
        </Route>
      </Switch>
    </Suspense>
  );
}
