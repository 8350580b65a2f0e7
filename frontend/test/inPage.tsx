import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';

import { ToastsProvider } from '../src/app/Toasts';

/** Draws a part of the page inside of what the page gives to all of them. */
export function renderInPage(part: ReactNode): RenderResult {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={queries}>
      <ToastsProvider>{part}</ToastsProvider>
    </QueryClientProvider>,
  );
}
