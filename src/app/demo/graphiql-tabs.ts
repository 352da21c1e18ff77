/** The budget now, and as it was known in the middle of the year. */
export const FIRST_QUERY = `# 查询：现在的预算，和年中当时所知的预算。按运行键，或 Ctrl+Enter。
# A query: the budget now, and as it was known in the middle of the year. Press the run button, or Ctrl+Enter.
query MidYear {
  now: budget(department: "441300-DSJ", fiscalYear: 2023) {
    opening(unit: WAN_YUAN)
    revised(unit: WAN_YUAN)
    executed(unit: WAN_YUAN)
    executionRate
  }
  asOf(at: { knownAt: "2023-06-30", effectiveAt: "2023-06-30" }) {
    budget(department: "441300-DSJ", fiscalYear: 2023) {
      revised(unit: WAN_YUAN)
      executed(unit: WAN_YUAN)
      executionRate
    }
  }
}
`;

/** Can be run repeatedly: because of the keys, the first two mutations are done once, and each run spends once more. */
const MUTATION = `# 变更：登记部门，批复预算，支出 1 万元。再按一次，再支出 1 万元。
# A mutation: registers a department, approves its budget, spends 1 万元. Each run spends 1 万元 more.
mutation Spend {
  registerDepartment(input: { code: "GRAPHIQL", name: "演示局", idempotencyKey: "graphiql-register" }) {
    position
  }
  approveBudget(
    input: {
      department: "GRAPHIQL"
      fiscalYear: 2025
      unit: WAN_YUAN
      lines: [{ code: "A", name: "政务云", fundSource: GENERAL_PUBLIC_BUDGET, amount: "500.00" }]
      effectiveAt: "2025-02-10"
      idempotencyKey: "graphiql-approve"
    }
  ) {
    position
  }
  recordExpenditure(
    input: {
      department: "GRAPHIQL"
      fiscalYear: 2025
      line: "A"
      unit: WAN_YUAN
      amount: "1.00"
      effectiveAt: "2025-06-20"
    }
  ) {
    position
    budget {
      executed(unit: WAN_YUAN)
      executionRate
    }
  }
}
`;

const SUBSCRIPTION = `# 订阅：运行后，在另一个窗口运行变更，这里立即可见。
# A subscription: run it, then run the mutation in a second window, and see it here at once.
subscription Changes {
  changes {
    __typename
    ... on Change {
      position
      type
      entity
      recordedAt
      actor {
        name
      }
      documentNo
    }
    ... on FeedMark {
      kind
      position
    }
  }
}
`;

/** The tabs of GraphiQL: an example of each kind of operation. */
export const DEMO_TABS: readonly string[] = [FIRST_QUERY, MUTATION, SUBSCRIPTION];
