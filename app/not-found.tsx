import { NotFoundPage } from '#components/pages/NotFoundPage.tsx';

/** 404 outside a company, and for a company that isn't there for this person. */
export default function NotFound() {
  return <NotFoundPage alone />;
}
