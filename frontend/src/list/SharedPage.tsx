/** A shared conversation, for everybody who has its link. */
export default function SharedPage({ token }: { readonly token: string }) {
  return <p>{token}</p>;
}
