import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

// The parts' own styles build on these, so these come first.
import './styles/tokens.css';
import './styles/base.css';
import './styles/page.css';
import { failureOf } from './api/failure';
import { isPassing } from './api/replies';
import { App } from './app/App';
import { ErrorBoundary } from './app/ErrorBoundary';
import { ToastsProvider } from './app/Toasts';
import { MessagesProvider } from './i18n/useMessages';
import { showTheme } from './preferences/preferences';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element #root.');
}
showTheme();
const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (times, error) => times < 3 && isPassing(failureOf(error)), staleTime: 1000 },
    // A browser that believes to be offline may well reach a server on its own machine.
    mutations: { networkMode: 'always' },
  },
});
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <MessagesProvider>
        <ErrorBoundary>
          <ToastsProvider>
            <App />
          </ToastsProvider>
        </ErrorBoundary>
      </MessagesProvider>
    </QueryClientProvider>
  </StrictMode>,
);
