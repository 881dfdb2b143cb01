// GraphQL Yoga with a schema of its own: queries, mutations, errors, and a subscription over SSE.
import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";

const books = Array.from({ length: 500 }, (_, id) => ({
  id,
  title: `Book ${id} – “quoted”`,
  pages: id * 7,
}));
const schema = createSchema({
  typeDefs: `
    type Book { id: Int!, title: String!, pages: Int!, related: [Book!]! }
    type Query { book(id: Int!): Book, books(first: Int = 10, search: String): [Book!]!, fail: Int }
    type Mutation { rename(id: Int!, title: String!): Book }
    type Subscription { countdown(from: Int!): Int! }
  `,
  resolvers: {
    Book: { related: ({ id }) => books.slice(id + 1, id + 4) },
    Query: {
      book: (_, { id }) => books[id],
      books: (_, { first, search = "" }) =>
        books.filter(({ title }) => title.includes(search)).slice(0, first),
      fail: () => {
        throw new Error("no");
      },
    },
    Mutation: { rename: (_, { id, title }) => ({ ...books[id], title }) },
    Subscription: {
      countdown: {
        subscribe: async function* (_, { from }) {
          for (let left = from; left >= 0; left -= 1) yield { countdown: left };
        },
      },
    },
  },
});
const server = createServer(createYoga({ schema, logging: false, landingPage: false }));
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
