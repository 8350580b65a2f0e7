import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

// The parts' own styles build on these, so these come first.
import './styles/tokens.css';
import './styles/base.css';
import './styles/page.css';
import { App } from './App';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element #root.');
}
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
