import { NotFoundPage } from '#components/pages/NotFoundPage.tsx';

/** 404 inside a company: the frame stays. */
export default function NotFound() {
  return <NotFoundPage />;
}
