import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './kernel/query-client.ts';
import { makeRouter, toGate } from './router.tsx';
import './kernel/theme/tokens.css';
import './kernel/theme/base.css';
import './controls/controls.css';

const client = makeQueryClient(
  () => router.navigate({ to: '/sign-in' }),
  () => toGate(router),
);
const router = makeRouter(client);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
