// openapi.yaml, embedded. Made by scripts/embed-openapi; a test compares the two.
// Edit the document, not this file.

let openAPIDocument = #"""
    openapi: 3.1.0
    info:
      title: Account rotator
      version: 0.1.0
      license: {name: MIT, identifier: MIT}
      description: |
        The local control plane of the account rotator. Loopback only; requests must come from a process of the
        same user, name this service in Host, and not come from a foreign page. Times are RFC 3339 UTC, utilization
        is percent 0 to 100, no response ever holds a token. Errors are application/problem+json (RFC 9457) with a
        stable `code`.
    servers:
      - {url: 'http://127.0.0.1:9429'}
      - {url: 'http://[::1]:9429'}
    paths:
      /health:
        get:
          operationId: getHealth
          summary: 'Liveness.'
          responses:
            '200':
              description: It lives.
              content: {application/json: {schema: {$ref: '#/components/schemas/Health'}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /opt-in:
        get:
          operationId: getOptIn
          summary: 'Whether rotation is on.'
          responses:
            '200':
              description: The state.
              content: {application/json: {schema: {$ref: '#/components/schemas/OptIn'}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
        put:
          operationId: setOptIn
          summary: 'Turn rotation on, or off with `enabled` false. Idempotent; never a tick.'
          requestBody:
            required: false
            content: {application/json: {schema: {$ref: '#/components/schemas/OptInRequest'}}}
          responses:
            '200':
              description: The state.
              content: {application/json: {schema: {$ref: '#/components/schemas/OptIn'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '415': {$ref: '#/components/responses/Problem'}
            '500': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
        delete:
          operationId: clearOptIn
          summary: 'Turn rotation off. Idempotent.'
          responses:
            '200':
              description: The state.
              content: {application/json: {schema: {$ref: '#/components/schemas/OptIn'}}}
            '403': {$ref: '#/components/responses/Problem'}
            '500': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /pause:
        get:
          operationId: getPause
          summary: 'Whether swaps are paused.'
          responses:
            '200':
              description: The pause.
              content: {application/json: {schema: {$ref: '#/components/schemas/Pause'}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
        put:
          operationId: setPause
          summary: 'Swap nothing until then, or until it is lifted; ticks still look and back up. The operator''s own swap is not stopped.'
          requestBody:
            required: false
            content: {application/json: {schema: {$ref: '#/components/schemas/PauseRequest'}}}
          responses:
            '200':
              description: The pause.
              content: {application/json: {schema: {$ref: '#/components/schemas/Pause'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '415': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
        delete:
          operationId: clearPause
          summary: 'Lift the pause. Idempotent.'
          responses:
            '200':
              description: The pause.
              content: {application/json: {schema: {$ref: '#/components/schemas/Pause'}}}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /accounts:
        get:
          operationId: getAccounts
          summary: 'Every known account.'
          responses:
            '200':
              description: The accounts.
              content: {application/json: {schema: {$ref: '#/components/schemas/Accounts'}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /accounts/{email}:
        get:
          operationId: getAccount
          summary: 'One account, by e-mail or id.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          responses:
            '200':
              description: The account.
              content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
        delete:
          operationId: forgetAccount
          summary: 'Forget a slot; never the live one.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          responses:
            '204':
              description: It is gone.
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /accounts/{email}/lineage:
        get:
          operationId: getLineage
          summary: 'Where its credential came from: every generation, who wrote it, what became of it.'
          parameters:
            - {$ref: '#/components/parameters/email'}
            - {$ref: '#/components/parameters/limit'}
          responses:
            '200':
              description: Newest first.
              content: {application/json: {schema: {$ref: '#/components/schemas/Lineage'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /accounts/{email}/login:
        get:
          operationId: getLogin
          summary: 'How far its last sign-in since the service started has come.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          responses:
            '200':
              description: The sign-in.
              content: {application/json: {schema: {$ref: '#/components/schemas/LoginAnswer'}}}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
        post:
          operationId: login
          summary: 'Begin a sign-in: Claude Code''s own `claude auth login`, in a window on the account''s own browser profile.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          requestBody:
            required: false
            content: {application/json: {schema: {$ref: '#/components/schemas/LoginRequest'}}}
          responses:
            '202':
              description: It has begun and goes on by itself.
              content: {application/json: {schema: {$ref: '#/components/schemas/LoginAnswer'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '415': {$ref: '#/components/responses/Problem'}
            '424': {$ref: '#/components/responses/Problem'}
            '500': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
        delete:
          operationId: cancelLogin
          summary: 'End the sign-in that runs; answered when nothing of it is left.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          responses:
            '204': {description: It is ended.}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /accounts/{email}/policy:
        put:
          operationId: setPolicy
          summary: 'Hold an account, or keep a part of it in reserve; what is left out stays.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          requestBody:
            required: true
            content: {application/json: {schema: {$ref: '#/components/schemas/PolicyRequest'}}}
          responses:
            '200':
              description: The account.
              content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '415': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /captures:
        post:
          operationId: capture
          summary: 'File the live credential into its slot now. Reads the profile, never usage.'
          responses:
            '200':
              description: The account.
              content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
            '403': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '423': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /imports:
        post:
          operationId: importCredentials
          summary: 'Take over the credentials the Python rotator kept: proven by the profile endpoint, filed, read back.'
          requestBody:
            required: false
            content: {application/json: {schema: {$ref: '#/components/schemas/ImportRequest'}}}
          responses:
            '200':
              description: What became of every credential found.
              content: {application/json: {schema: {$ref: '#/components/schemas/Import'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '415': {$ref: '#/components/responses/Problem'}
            '423': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /live:
        put:
          operationId: swap
          summary: 'Make an account live because the operator says so.'
          requestBody:
            required: true
            content: {application/json: {schema: {$ref: '#/components/schemas/SwapRequest'}}}
          responses:
            '200':
              description: The decision.
              content: {application/json: {schema: {$ref: '#/components/schemas/Decision'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '415': {$ref: '#/components/responses/Problem'}
            '423': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /tick:
        post:
          operationId: tick
          summary: 'One tick now; concurrent calls share one.'
          parameters:
            - {name: only-if-claude-running, in: query, schema: {type: boolean, default: true}}
            - {name: fresh, in: query, schema: {type: boolean, default: false}}
            - {name: trigger, in: query, schema: {type: string, enum: [request, heartbeat], default: request}}
          responses:
            '200':
              description: What the tick came to.
              content: {application/json: {schema: {$ref: '#/components/schemas/Tick'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /observations:
        post:
          operationId: observe
          summary: 'Usage seen elsewhere: what a status line command got from Claude Code. Never waits for a tick.'
          description: >-
            Counts for the account live when the values were made, from the next tick on; what cannot be attributed to one is
            refused with a `detail` that begins with why: `off`, `no-windows`, `live-unknown`, `first-of-session`, `unchanged`,
            `recent-swap`, `other-account` or `outdated`. At or near a threshold a tick is started at once.
          requestBody:
            required: true
            content: {application/json: {schema: {$ref: '#/components/schemas/Observation'}}}
          responses:
            '202':
              description: It counts, if the next look at the store finds the same account live.
              content: {application/json: {schema: {$ref: '#/components/schemas/StatusLine'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem'}
            '415': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /decisions:
        get:
          operationId: getDecisions
          summary: 'One row per tick, newest first; unbroken runs that looked at nothing are one row.'
          parameters:
            - {$ref: '#/components/parameters/limit'}
            - {$ref: '#/components/parameters/before'}
          responses:
            '200':
              description: A page.
              content: {application/json: {schema: {$ref: '#/components/schemas/Decisions'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /decisions/latest:
        get:
          operationId: getLatestDecision
          summary: 'The last decision that looked at something.'
          responses:
            '200':
              description: The decision.
              content: {application/json: {schema: {$ref: '#/components/schemas/Decision'}}}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /history:
        get:
          operationId: getHistory
          summary: 'Rotations only, newest first.'
          parameters:
            - {$ref: '#/components/parameters/limit'}
            - {$ref: '#/components/parameters/before'}
          responses:
            '200':
              description: A page.
              content: {application/json: {schema: {$ref: '#/components/schemas/History'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /plan:
        get:
          operationId: getPlan
          summary: 'Who is live when, when the pool runs dry, and whether it lasts. An estimate from what is known; asks nobody.'
          parameters:
            - {name: until, in: query, description: 'Later than now, by 7 days at most; 10 hours from now when left out.', schema: {type: string, format: date-time}}
          responses:
            '200':
              description: The plan.
              content: {application/json: {schema: {$ref: '#/components/schemas/Plan'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /nudges:
        get:
          operationId: getNudges
          summary: 'What only a human can do.'
          responses:
            '200':
              description: The nudges.
              content: {application/json: {schema: {$ref: '#/components/schemas/Nudges'}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /nudges/{code}/{email}/acknowledge:
        post:
          operationId: acknowledge
          summary: 'Silence a nudge until it worsens. `-` stands for the e-mail of a nudge about the machine.'
          parameters:
            - {name: code, in: path, required: true, schema: {type: string}}
            - {$ref: '#/components/parameters/email'}
          responses:
            '204':
              description: It is silent.
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /openapi.yaml:
        get:
          operationId: getOpenAPI
          summary: 'This document.'
          responses:
            '200':
              description: The document.
              content: {application/yaml: {schema: {type: string}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /:
        get:
          operationId: getPage
          summary: 'The status page.'
          responses:
            '200':
              description: The page.
              content: {text/html: {schema: {type: string}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /assets/page.js:
        get:
          operationId: getPageScript
          summary: 'The script of the page.'
          responses:
            '200':
              description: The script.
              content: {text/javascript: {schema: {type: string}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /assets/page.css:
        get:
          operationId: getPageStyle
          summary: 'The style of the page.'
          responses:
            '200':
              description: The style.
              content: {text/css: {schema: {type: string}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
    components:
      parameters:
        email: {name: email, in: path, required: true, description: An e-mail or an account id., schema: {type: string}}
        limit: {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 500, default: 50}}
        before: {name: before, in: query, description: 'The `next` of the page before.', schema: {type: integer, minimum: 1}}
      responses:
        Problem:
          description: What failed and what to do.
          content: {application/problem+json: {schema: {$ref: '#/components/schemas/Problem'}}}
        Refusal:
          description: >-
            What is wrong with the request itself, before any route: of the gate and the router, or of the HTTP layer, which
            then closes the connection.
          content:
            application/problem+json:
              schema: {anyOf: [{$ref: '#/components/schemas/Problem'}, {$ref: '#/components/schemas/Refusal'}]}
      schemas:
        Health:
          type: object
          required: [status, version, pid, startedAt, optedIn, live, lastTickAt]
          properties:
            status: {type: string}
            version: {type: string}
            pid: {type: integer, format: int32}
            startedAt: {type: string, format: date-time}
            optedIn: {type: boolean}
            live: {type: [string, "null"]}
            lastTickAt: {type: [string, "null"], format: date-time}
        OptIn:
          type: object
          required: [enabled, since, tickIntervalSeconds, threshold, strategy, knownAccounts, message]
          properties:
            enabled: {type: boolean}
            since: {type: [string, "null"], format: date-time}
            tickIntervalSeconds: {type: integer, format: int64}
            threshold: {type: number}
            strategy: {type: string, enum: [drain-first, soonest-reset, least-used, round-robin, priority-order]}
            knownAccounts: {type: integer}
            message: {type: string}
        OptInRequest:
          type: object
          properties:
            enabled: {type: boolean}
            callerPinningVariables: {type: array, items: {type: string}}
        Pause:
          type: object
          required: [paused, since, until]
          properties:
            paused: {type: boolean}
            since: {type: [string, "null"], format: date-time}
            until: {type: [string, "null"], format: date-time, description: 'Null: until it is lifted.'}
        PauseRequest:
          type: object
          properties:
            until: {type: string, format: date-time, description: 'A time to come; not with `forSeconds`.'}
            forSeconds: {type: integer, format: int64, minimum: 1, maximum: 31622400}
        Policy:
          type: object
          required: [hold, reservePercent]
          properties:
            hold: {type: boolean, description: 'Never taken by itself, and never left by itself.'}
            reservePercent: {type: number, description: 'Percent of each window that is to stay unused: its threshold is at most 100 less this.'}
        PolicyRequest:
          type: object
          properties:
            hold: {type: boolean}
            reservePercent: {type: number, minimum: 0, maximum: 99}
        Window:
          type: object
          required: [name, model, utilization, resetsAt]
          properties:
            name: {type: string}
            model: {type: [string, "null"]}
            utilization: {type: [number, "null"]}
            resetsAt: {type: [string, "null"], format: date-time}
        ObservedWindow:
          type: object
          required: [name]
          properties:
            name: {type: string, enum: [five_hour, seven_day]}
            utilization: {type: [number, "null"], minimum: 0, maximum: 200}
            resetsAt: {type: [string, "null"], format: date-time, description: 'At most 11 hours ahead, or 15 days.'}
        Observation:
          type: object
          required: [session, windows]
          properties:
            session: {type: string, minLength: 1, maxLength: 128, description: '`session_id`.'}
            apiMilliseconds: {type: [integer, "null"], format: int64, minimum: 0, description: '`cost.total_api_duration_ms`: tells a new answer from a line drawn anew.'}
            model: {type: [string, "null"], minLength: 1, maxLength: 128}
            windows: {type: array, description: Each window at most once., items: {$ref: '#/components/schemas/ObservedWindow'}}
        StatusLine:
          type: object
          required: [optedIn, live, windows, nextResetAt, knownAlternates, usableAlternates]
          properties:
            optedIn: {type: boolean}
            live: {type: [string, "null"], description: E-mail of the live account.}
            windows: {type: array, description: Its account-wide windows., items: {$ref: '#/components/schemas/Window'}}
            nextResetAt: {type: [string, "null"], format: date-time}
            knownAlternates: {type: integer}
            usableAlternates: {type: integer, description: 'Below their thresholds when last read, however long ago.'}
        Tightest:
          type: object
          required: [name, utilization]
          properties:
            name: {type: string}
            utilization: {type: number}
        Usage:
          type: object
          required: [status, readAt, source, windows, tightest, extra]
          properties:
            status: {type: string, enum: [known, unknown, rate-limited, rejected, unreachable, never-read]}
            readAt: {type: [string, "null"], format: date-time}
            source: {type: [string, "null"]}
            windows: {type: array, items: {$ref: '#/components/schemas/Window'}}
            tightest: {oneOf: [{$ref: '#/components/schemas/Tightest'}, {type: "null"}]}
            extra: {oneOf: [{$ref: '#/components/schemas/ExtraUsage'}, {type: "null"}], description: 'Spent beside the plan; shown only, null after a restart until read again.'}
        ExtraUsage:
          type: object
          required: [enabled, usedMinor, limitMinor, utilization, currency, decimalPlaces, disabledReason]
          properties:
            enabled: {type: boolean}
            usedMinor: {type: [number, "null"], description: 'In minor units.'}
            limitMinor: {type: [number, "null"], description: 'Null: without a limit, or not said.'}
            utilization: {type: [number, "null"], description: 'Percent; null is normal, also while enabled.'}
            currency: {type: [string, "null"]}
            decimalPlaces: {type: [integer, "null"]}
            disabledReason: {type: [string, "null"]}
        Slot:
          type: object
          required: [state, kind, capturedAt, refreshedAt, accessTokenExpiresAt, loginExpiresAt, canRefresh]
          properties:
            state: {type: string, enum: [usable, expired, needs-login, suspect]}
            kind: {type: string, enum: [login, setup-token]}
            capturedAt: {type: string, format: date-time}
            refreshedAt: {type: [string, "null"], format: date-time}
            accessTokenExpiresAt: {type: [string, "null"], format: date-time}
            loginExpiresAt: {type: [string, "null"], format: date-time}
            canRefresh: {type: boolean}
        Account:
          type: object
          required: [id, email, accountUUID, organizationUUID, live, plan, rateLimitTier, slot, usage, policy]
          properties:
            id: {type: string}
            email: {type: string}
            accountUUID: {type: string}
            organizationUUID: {type: string}
            live: {type: boolean}
            plan: {type: [string, "null"]}
            rateLimitTier: {type: [string, "null"]}
            slot: {oneOf: [{$ref: '#/components/schemas/Slot'}, {type: "null"}]}
            usage: {$ref: '#/components/schemas/Usage'}
            policy: {$ref: '#/components/schemas/Policy'}
        Accounts:
          type: object
          required: [live, accounts]
          properties:
            live: {type: [string, "null"]}
            accounts: {type: array, items: {$ref: '#/components/schemas/Account'}}
        Consideration:
          type: object
          required: [email, outcome, reason, sentence, tightest]
          properties:
            email: {type: string}
            outcome: {type: string, enum: [live, chosen, passed-over, unusable]}
            reason: {type: string}
            sentence: {type: string}
            tightest: {oneOf: [{$ref: '#/components/schemas/Tightest'}, {type: "null"}]}
        Decision:
          type: object
          required: [id, tick, at, outcome, trigger, from, to, reason, sentence, considerations, earliestReset, repeats, lastAt]
          properties:
            id: {type: integer, format: int64}
            tick: {type: [integer, "null"], format: int64}
            at: {type: string, format: date-time}
            outcome: {type: string, enum: ['off', claude-not-running, stayed, rotated, deferred, stuck, failed]}
            trigger: {type: string}
            from: {type: [string, "null"]}
            to: {type: [string, "null"]}
            reason: {type: string}
            sentence: {type: string}
            considerations: {type: array, items: {$ref: '#/components/schemas/Consideration'}}
            earliestReset: {type: [string, "null"], format: date-time}
            repeats: {type: integer, format: int64}
            lastAt: {type: string, format: date-time}
        Decisions:
          type: object
          required: [decisions, next]
          properties:
            decisions: {type: array, items: {$ref: '#/components/schemas/Decision'}}
            next: {type: [integer, "null"], format: int64}
        Rotation:
          type: object
          required: [id, at, from, to, trigger, reason, sentence, tookMilliseconds]
          properties:
            id: {type: integer, format: int64}
            at: {type: string, format: date-time}
            from: {type: [string, "null"]}
            to: {type: string}
            trigger: {type: string}
            reason: {type: string}
            sentence: {type: string}
            tookMilliseconds: {type: integer, format: int64}
        LineageEntry:
          type: object
          required: [at, event, writer, generation, parent, sentence]
          properties:
            at: {type: string, format: date-time}
            event: {type: string, enum: [first-seen, installed, refresh-sent, refresh-refused, grant-rejected, restored]}
            writer: {type: string, enum: [rotator, claude-code, sign-in, other-manager, imported, enrolled]}
            generation: {type: string, description: 'A keyed fingerprint: the same credential, the same text. Nothing of a token.'}
            parent: {type: [string, "null"], description: 'The generation it replaced, as far as known.'}
            sentence: {type: string}
        Lineage:
          type: object
          required: [entries]
          properties:
            entries: {type: array, items: {$ref: '#/components/schemas/LineageEntry'}}
        ImportRequest:
          type: object
          properties:
            from: {type: string, description: 'Absolute path of the Python rotator''s data directory; where it usually is when left out.'}
            deletePlaintext: {type: boolean, default: false, description: 'Delete its slots/*.json once every credential found is proven stored.'}
            dryRun: {type: boolean, default: false, description: 'Ask nobody, write nothing.'}
        ImportEntry:
          type: object
          required: [label, email, origin, code, isStored, detail]
          properties:
            label: {type: string, description: 'Whose the other rotator said it was.'}
            email: {type: [string, "null"], description: 'Whose it is, as the vendor says.'}
            origin: {type: string, description: 'Files and keychain items, for people.'}
            code: {type: string, enum: [adopted, already-there, kept-ours, undecided, found, setup-token, identity-unproven, absent, damaged, refused]}
            isStored: {type: boolean, description: 'Nothing would be lost if the original went.'}
            detail: {type: string}
        Import:
          type: object
          required: [source, dryRun, accounts, deleted, remark]
          properties:
            source: {type: string}
            dryRun: {type: boolean}
            accounts: {type: array, items: {$ref: '#/components/schemas/ImportEntry'}}
            deleted: {type: array, items: {type: string}, description: 'Plaintext files that are gone.'}
            remark: {type: [string, "null"]}
        History:
          type: object
          required: [rotations, next]
          properties:
            rotations: {type: array, items: {$ref: '#/components/schemas/Rotation'}}
            next: {type: [integer, "null"], format: int64}
        Band:
          type: object
          description: A value, and the band it lies in four times out of five.
          required: [low, likely, high]
          properties:
            low: {type: number}
            likely: {type: number}
            high: {type: number}
        Reach:
          type: object
          description: 'When something is reached, at the high, the likely and the low burn. Null: not before the reset, or the horizon.'
          required: [earliest, likely, latest]
          properties:
            earliest: {type: [string, "null"], format: date-time}
            likely: {type: [string, "null"], format: date-time}
            latest: {type: [string, "null"], format: date-time}
        Burn:
          type: object
          required: [pointsPerHour, sevenDayShare, activeHours, idle]
          properties:
            pointsPerHour: {$ref: '#/components/schemas/Band', description: 'Of the five-hour window of an account of weight 1, while somebody works.'}
            sevenDayShare: {type: number, description: 'Points of the seven-day window one five-hour point costs.'}
            activeHours: {type: integer, description: 'Hours of work it was measured from.'}
            idle: {type: boolean, description: 'Nothing was burned in the last hour.'}
        WindowForecast:
          type: object
          required: [name, utilization, resetsAt, pointsPerHour, thresholdAt, wallAt]
          properties:
            name: {type: string}
            utilization: {type: [number, "null"], description: 'As last told, rounded down; null once the window has reset.'}
            resetsAt: {type: [string, "null"], format: date-time}
            pointsPerHour: {$ref: '#/components/schemas/Band', description: 'While this account carries the work.'}
            thresholdAt: {$ref: '#/components/schemas/Reach'}
            wallAt: {$ref: '#/components/schemas/Reach'}
        Forecast:
          type: object
          description: When an account's windows would be full, if it carried the work from now on.
          required: [email, live, readAt, ageSeconds, windows]
          properties:
            email: {type: string}
            live: {type: boolean}
            readAt: {type: string, format: date-time}
            ageSeconds: {type: integer, format: int64}
            windows: {type: array, items: {$ref: '#/components/schemas/WindowForecast'}}
        PlanSegment:
          type: object
          required: [email, from, to, reason]
          properties:
            email: {type: [string, "null"], description: 'Null while every account is at its threshold.'}
            from: {type: string, format: date-time}
            to: {type: string, format: date-time}
            reason: {type: string, enum: [below-threshold, drain-first, room-to-stay, all-exhausted]}
        Unplanned:
          type: object
          required: [email, reason, readAt]
          properties:
            email: {type: string}
            reason: {type: string}
            readAt: {type: [string, "null"], format: date-time}
        Plan:
          type: object
          required: [at, until, horizon, lasts, segments, dryAt, firstResetAfter, burn, accounts, unknown, pause]
          properties:
            at: {type: string, format: date-time}
            until: {type: string, format: date-time}
            horizon: {type: string, format: date-time, description: How far was looked.}
            lasts: {type: string, enum: ['yes', 'no', maybe, unknown], description: 'Until the time asked for: yes even at the high burn, no not even at the low one.'}
            segments: {type: array, items: {$ref: '#/components/schemas/PlanSegment'}, description: 'At the likely burn, from `at` to `until`.'}
            dryAt: {$ref: '#/components/schemas/Reach', description: 'When every account planned on is at its threshold for the first time.'}
            firstResetAfter: {type: [string, "null"], format: date-time, description: 'When the first is below it again after the likely time.'}
            burn: {oneOf: [{$ref: '#/components/schemas/Burn'}, {type: "null"}]}
            accounts: {type: array, items: {$ref: '#/components/schemas/Forecast'}}
            unknown: {type: array, items: {$ref: '#/components/schemas/Unplanned'}, description: 'Accounts that are not planned on: held, not known, or their slot cannot serve. While the live one is held, all others.'}
            pause: {$ref: '#/components/schemas/Pause', description: 'The plan is played as if there were none.'}
        Nudge:
          type: object
          required: [code, email, severity, since, message, command]
          properties:
            code: {type: string}
            email: {type: [string, "null"]}
            severity: {type: string, enum: [info, warning, critical]}
            since: {type: string, format: date-time}
            message: {type: string}
            command: {type: [string, "null"]}
        Nudges:
          type: object
          required: [nudges]
          properties:
            nudges: {type: array, items: {$ref: '#/components/schemas/Nudge'}}
        Tick:
          type: object
          required: [tick, at, outcome, decision, nudges, nextTickAt]
          properties:
            tick: {type: integer, format: int64}
            at: {type: string, format: date-time}
            outcome: {type: string, enum: ['off', claude-not-running, stayed, rotated, deferred, stuck, failed]}
            decision: {$ref: '#/components/schemas/Decision'}
            nudges: {type: array, items: {$ref: '#/components/schemas/Nudge'}}
            nextTickAt: {type: string, format: date-time}
        SwapRequest:
          type: object
          required: [email]
          properties:
            email: {type: string}
            force: {type: boolean}
        LoginRequest:
          type: object
          properties:
            refuseOthers: {type: boolean, description: File nothing if another account is signed in to; else it is filed under its own name.}
        LoginAnswer:
          type: object
          required: [login]
          properties:
            login: {$ref: '#/components/schemas/Login'}
        Login:
          type: object
          required: [email, state, failure, detail, unattended, startedAt, changedAt, endsAt, filedAs]
          properties:
            email: {type: string}
            state: {type: string, enum: [starting, window-open, signed-in, authorised, verified, stored, failed]}
            failure: {type: [string, 'null'], enum: [cancelled, timed-out, window-closed, client-failed, browser-failed, sign-in-form, challenge, unexpected-account, unexpected-page, other-account, identity-unproven, not-stored, stopped, null]}
            detail: {type: string}
            unattended: {type: boolean, description: Begun by the tick and not by a person.}
            startedAt: {type: string, format: date-time}
            changedAt: {type: string, format: date-time}
            endsAt: {type: string, format: date-time}
            filedAs: {type: [string, 'null']}
        Problem:
          type: object
          required: [type, title, status, detail, code]
          properties:
            type: {type: string}
            title: {type: string}
            status: {type: integer}
            detail: {type: string}
            code: {type: string, enum: [bad-request, forbidden, not-found, method-not-allowed, unsupported-media-type, pinned-environment, unsupported-platform, unknown-account, ambiguous-account, account-is-live, already-live, target-unusable, store-refused, store-unreachable, store-malformed, credential-locked, credential-changed, credential-superseded, credential-incomplete, identity-unknown, no-live-credential, no-decision-yet, unknown-nudge, history-unavailable, flag-not-written, nothing-to-import, other-manager-on, stopping, internal-error, unattributable, login-running, no-login, claude-missing, browser-missing, display-missing, login-failed]}
            variable: {type: string}
            where: {type: string}
            statusLine: {$ref: '#/components/schemas/StatusLine'}
        Refusal:
          type: object
          required: [type, title, status, detail, code]
          properties:
            type: {type: string}
            title: {type: string}
            status: {type: integer, enum: [400, 411, 413, 414, 417, 431, 501, 503, 505]}
            detail: {type: string}
            code: {type: string, enum: [bad-request, length-required, body-too-large, target-too-long, expectation-failed, head-too-large, unknown-transfer-coding, too-many-connections, version-not-supported]}

    """#
