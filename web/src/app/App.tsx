import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { SessionProvider } from '../session/SessionProvider';
import { createQueryClient } from './queryClient';
import { Router } from './Router';
import { theme } from './theme';

export function App() {
  const [queryClient] = useState(createQueryClient);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <SessionProvider>
          <Router />
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
