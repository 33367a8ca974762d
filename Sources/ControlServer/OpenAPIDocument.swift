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

        `Host` is `localhost`, `127.0.0.1` or `[::1]` with the port (`localhost` alone on the unix socket); an `Origin`
        or `Referer` must be of this service, `Sec-Fetch-Site` be `none` or `same-origin`. `Authorization` is a bearer token
        where one is asked for (`rotator token on`). HEAD is answered wherever GET
        is, OPTIONS everywhere. Members a request may leave out may also be null; unknown ones are ignored. A `4xx` or
        `5xx` with one possible `code` does not list it: `bad-request` with 400, `forbidden` with 403,
        `unsupported-media-type` with 415, `credential-locked` with 423, `unauthorized` with 401, `too-many-requests` with 429.
    servers:
      - {url: 'http://127.0.0.1:9429'}
      - {url: 'http://[::1]:9429'}
    security:
      - {}
      - bearer: []
    x-fields-of-every-answer: &guard
      X-Content-Type-Options: {$ref: '#/components/headers/NoSniff'}
      Cache-Control: {$ref: '#/components/headers/NoStore'}
      Content-Security-Policy: {$ref: '#/components/headers/ContentSecurityPolicy'}
      Referrer-Policy: {$ref: '#/components/headers/ReferrerPolicy'}
      Cross-Origin-Resource-Policy: {$ref: '#/components/headers/CrossOriginResourcePolicy'}
    x-fields-of-a-tagged-answer: &tagged
      X-Content-Type-Options: {$ref: '#/components/headers/NoSniff'}
      Cache-Control: {$ref: '#/components/headers/NoStore'}
      Content-Security-Policy: {$ref: '#/components/headers/ContentSecurityPolicy'}
      Referrer-Policy: {$ref: '#/components/headers/ReferrerPolicy'}
      Cross-Origin-Resource-Policy: {$ref: '#/components/headers/CrossOriginResourcePolicy'}
      ETag: {$ref: '#/components/headers/ETag'}
    x-fields-of-a-file: &file
      X-Content-Type-Options: {$ref: '#/components/headers/NoSniff'}
      Cache-Control: {required: true, schema: {type: string, const: no-cache}}
      Content-Security-Policy: {$ref: '#/components/headers/ContentSecurityPolicy'}
      Referrer-Policy: {$ref: '#/components/headers/ReferrerPolicy'}
      Cross-Origin-Resource-Policy: {$ref: '#/components/headers/CrossOriginResourcePolicy'}
      ETag: {required: true, description: 'Strong; of these bytes in this content coding.', schema: {type: string}}
      Vary: {required: true, schema: {type: string, const: Accept-Encoding}}
      Content-Encoding: {schema: {type: string, const: gzip}}
    paths:
      /health:
        get:
          operationId: getHealth
          summary: 'Liveness. With `wait` and `If-None-Match` a long poll.'
          parameters:
            - {$ref: '#/components/parameters/wait'}
            - {$ref: '#/components/parameters/ifNoneMatch'}
          responses:
            '200':
              description: It lives.
              headers: *tagged
              content: {application/json: {schema: {$ref: '#/components/schemas/Health'}}}
            '304': {$ref: '#/components/responses/NotModified'}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`too-many-listeners`, `stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /opt-in:
        get:
          operationId: getOptIn
          summary: 'Whether rotation is on.'
          responses:
            '200':
              description: The state.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/OptIn'}}}
            '401': {$ref: '#/components/responses/Problem'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/OptIn'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem', description: '`pinned-environment`, `unsupported-platform`.'}
            '415': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '500': {$ref: '#/components/responses/Problem', description: '`flag-not-written`.'}
            '503': {$ref: '#/components/responses/Problem', description: '`stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
        delete:
          operationId: clearOptIn
          summary: 'Turn rotation off. Idempotent.'
          responses:
            '200':
              description: The state.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/OptIn'}}}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '500': {$ref: '#/components/responses/Problem', description: '`flag-not-written`.'}
            '503': {$ref: '#/components/responses/Problem', description: '`stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /pause:
        get:
          operationId: getPause
          summary: 'Whether swaps are paused.'
          responses:
            '200':
              description: The pause.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Pause'}}}
            '401': {$ref: '#/components/responses/Problem'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Pause'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '415': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`, `stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
        delete:
          operationId: clearPause
          summary: 'Lift the pause. Idempotent.'
          responses:
            '200':
              description: The pause.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Pause'}}}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`, `stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /accounts:
        get:
          operationId: getAccounts
          summary: 'Every known account. With `wait` and `If-None-Match` a long poll.'
          parameters:
            - {$ref: '#/components/parameters/wait'}
            - {$ref: '#/components/parameters/ifNoneMatch'}
          responses:
            '200':
              description: The accounts.
              headers: *tagged
              content: {application/json: {schema: {$ref: '#/components/schemas/Accounts'}}}
              links:
                FirstAccount: {$ref: '#/components/links/FirstAccount'}
                SecondAccountLive: {$ref: '#/components/links/SecondAccountLive'}
                LineageOfFirst: {$ref: '#/components/links/LineageOfFirst'}
                PolicyOfFirst: {$ref: '#/components/links/PolicyOfFirst'}
                ForgetLast: {$ref: '#/components/links/ForgetLast'}
            '304': {$ref: '#/components/responses/NotModified'}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`too-many-listeners`, `stopping`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
              links:
                LineageOfAccount: {$ref: '#/components/links/LineageOfAccount'}
                PolicyOfAccount: {$ref: '#/components/links/PolicyOfAccount'}
                LiveAccount: {$ref: '#/components/links/LiveAccount'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`unknown-account`.'}
            '409': {$ref: '#/components/responses/Problem', description: '`ambiguous-account`.'}
            default: {$ref: '#/components/responses/Refusal'}
        delete:
          operationId: forgetAccount
          summary: 'Forget a slot; never the live one.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          responses:
            '204':
              description: It is gone.
              headers: *guard
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`unknown-account`.'}
            '409': {$ref: '#/components/responses/Problem', description: '`ambiguous-account`, `account-is-live`, `unsupported-platform`, `store-refused`, `store-malformed`.'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`store-unreachable`, `history-unavailable`, `stopping`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Lineage'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`unknown-account`.'}
            '409': {$ref: '#/components/responses/Problem', description: '`ambiguous-account`, `unsupported-platform`, `store-refused`, `store-malformed`.'}
            '503': {$ref: '#/components/responses/Problem', description: '`store-unreachable`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/LoginAnswer'}}}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`no-login`, `unknown-account`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/LoginAnswer'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`unknown-account`.'}
            '409': {$ref: '#/components/responses/Problem', description: '`ambiguous-account`, `login-running`, `unsupported-platform`.'}
            '415': {$ref: '#/components/responses/Problem'}
            '424': {$ref: '#/components/responses/Problem', description: '`claude-missing`, `browser-missing`, `display-missing`.'}
            '429': {$ref: '#/components/responses/Problem'}
            '500': {$ref: '#/components/responses/Problem', description: '`login-failed`.'}
            '503': {$ref: '#/components/responses/Problem', description: '`stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
        delete:
          operationId: cancelLogin
          summary: 'End the sign-in that runs; answered when nothing of it is left.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          responses:
            '204': {description: It is ended., headers: *guard}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`no-login`, `unknown-account`.'}
            '429': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /accounts/{email}/policy:
        put:
          operationId: setPolicy
          summary: 'Hold an account, or keep a part of it in reserve; what is left out stays.'
          parameters:
            - {$ref: '#/components/parameters/email'}
          requestBody:
            required: false
            content: {application/json: {schema: {$ref: '#/components/schemas/PolicyRequest'}}}
          responses:
            '200':
              description: The account.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`unknown-account`.'}
            '409': {$ref: '#/components/responses/Problem', description: '`ambiguous-account`.'}
            '415': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`, `stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /captures:
        post:
          operationId: capture
          summary: 'File the live credential into its slot now. Reads the profile, never usage.'
          responses:
            '200':
              description: The account.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
              links:
                CapturedAccount: {$ref: '#/components/links/CapturedAccount'}
                LineageOfAccount: {$ref: '#/components/links/LineageOfAccount'}
                PolicyOfAccount: {$ref: '#/components/links/PolicyOfAccount'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem', description: '`no-live-credential`, `identity-unknown`, `unsupported-platform`, `store-refused`, `store-malformed`, `credential-changed`, `credential-incomplete`.'}
            '423': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`store-unreachable`, `history-unavailable`, `stopping`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Import'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`nothing-to-import`.'}
            '409': {$ref: '#/components/responses/Problem', description: '`other-manager-on`, `unsupported-platform`, `store-refused`, `store-malformed`, `credential-changed`.'}
            '415': {$ref: '#/components/responses/Problem'}
            '423': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`store-unreachable`, `history-unavailable`, `stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /setup-tokens:
        post:
          operationId: addSetupToken
          summary: 'File a token of `claude setup-token`: for inference only, never swapped in by itself. Asks the vendor once what it is.'
          requestBody:
            required: true
            content: {application/json: {schema: {$ref: '#/components/schemas/SetupTokenRequest'}}}
          responses:
            '200':
              description: The account it is filed as, one of its own; a token that is filed already changes nothing.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem', description: '`setup-token-refused`, `unsupported-platform`, `store-refused`, `store-malformed`.'}
            '415': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`store-unreachable`, `history-unavailable`, `stopping`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Decision'}}}
              links:
                AccountSwappedTo: {$ref: '#/components/links/AccountSwappedTo'}
                SwapBack: {$ref: '#/components/links/SwapBack'}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`unknown-account`.'}
            '409': {$ref: '#/components/responses/Problem', description: '`ambiguous-account`, `already-live`, `target-unusable`, `identity-unknown`, `credential-superseded`, `unsupported-platform`, `store-refused`, `store-malformed`, `credential-changed`, `credential-incomplete`.'}
            '415': {$ref: '#/components/responses/Problem'}
            '423': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`store-unreachable`, `history-unavailable`, `stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /tick:
        post:
          operationId: tick
          summary: 'One tick now; concurrent calls share one.'
          parameters:
            - {name: only-if-claude-running, in: query, schema: {type: boolean, default: true}}
            - {name: fresh, in: query, schema: {type: boolean, default: false}}
            - {name: announce, in: query, description: 'Fill `announced`, and count what is in it as told.', schema: {type: boolean, default: false}}
            - {name: trigger, in: query, schema: {type: string, enum: [request, heartbeat], default: request}}
          responses:
            '200':
              description: What the tick came to.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Tick'}}}
              links:
                Acknowledge: {operationId: acknowledge, parameters: {code: '$response.body#/nudges/0/code', email: '$response.body#/nudges/0/email'}}
                Decision: {operationId: getLatestDecision}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`, `stopping`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/StatusLine'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '409': {$ref: '#/components/responses/Problem', description: '`unattributable`.'}
            '415': {$ref: '#/components/responses/Problem'}
            '429': {$ref: '#/components/responses/Problem'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Decisions'}}}
              links:
                NextPage: {operationId: getDecisions, parameters: {before: '$response.body#/next'}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /decisions/latest:
        get:
          operationId: getLatestDecision
          summary: 'The last decision that looked at something.'
          responses:
            '200':
              description: The decision.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Decision'}}}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`no-decision-yet`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/History'}}}
              links:
                NextPage: {operationId: getHistory, parameters: {before: '$response.body#/next'}}
                AccountRotatedTo: {operationId: getAccount, parameters: {email: '$response.body#/rotations/0/to'}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`.'}
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
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Plan'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /readings:
        get:
          operationId: getReadings
          summary: 'How full a window of every account was over time, and when nothing was left. From the history; asks nobody.'
          description: >-
            Thinned out: the stretch is cut into steps of `stepSeconds`, counted from the epoch, so that there are at most
            `points` + 1 of them; of each step an account has the one reading that told the most, with its own time.
          parameters:
            - {name: since, in: query, description: 'Before `until`, by 31 days at most; 24 hours before it when left out.', schema: {type: string, format: date-time}}
            - {name: until, in: query, description: 'Now when left out.', schema: {type: string, format: date-time}}
            - {name: account, in: query, description: 'An e-mail or an account id; every account that is known when left out.', schema: {$ref: '#/components/schemas/Segment'}}
            - {name: window, in: query, description: 'The name of an account-wide window.', schema: {type: string, enum: [five_hour, seven_day], default: five_hour}}
            - {name: points, in: query, schema: {type: integer, minimum: 1, maximum: 1000, default: 240}}
          responses:
            '200':
              description: The readings.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Readings'}}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`unknown-account`.'}
            '409': {$ref: '#/components/responses/Problem', description: '`ambiguous-account`.'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /nudges:
        get:
          operationId: getNudges
          summary: 'What only a human can do.'
          responses:
            '200':
              description: The nudges.
              headers: *guard
              content: {application/json: {schema: {$ref: '#/components/schemas/Nudges'}}}
              links:
                Acknowledge: {operationId: acknowledge, parameters: {code: '$response.body#/nudges/0/code', email: '$response.body#/nudges/0/email'}}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /nudges/{code}/{email}/acknowledge:
        post:
          operationId: acknowledge
          summary: 'Silence a nudge until it worsens. `-` stands for the e-mail of a nudge about the machine.'
          parameters:
            - {$ref: '#/components/parameters/nudge'}
            - {$ref: '#/components/parameters/about'}
          responses:
            '204':
              description: It is silent.
              headers: *guard
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`unknown-nudge`.'}
            '429': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`history-unavailable`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /events:
        get:
          operationId: getEvents
          summary: 'What happens, as server-sent events (WHATWG HTML §9.2); numbered by the history, replayed from it.'
          description: |
            Each event has `id` (grows by one, also over restarts), `event` (its kind) and `data` (one line of JSON):

            | `event` | `data` |
            |---|---|
            | `decision` | `Decision`, as it stands when it is sent; a tick that only lengthens a run of `off` or `claude-not-running` is none |
            | `rotation` | `Rotation` |
            | `accounts` | `AccountsEvent`: usage, slot or policy of these changed; `GET /accounts` shows how |
            | `nudge-raised` | `Nudge`: new, or worse than it was |
            | `nudge-cleared`, `nudge-acknowledged` | `Nudge`, as it last stood |
            | `opt-in` | `OptInEvent` |
            | `pause` | `Pause`; that one is over by itself is not told |
            | `login` | `Login`: what a sign-in has come to |
            | `reset` | `ResetEvent`: events between are not known any more; read everything anew, the stream goes on |

            A reader that comes back with `Last-Event-ID` gets what happened since, also what happened before a restart; the
            newest 20,000 events are kept. Without an id it begins now, with an `id` and no data. A comment comes after 15
            seconds of silence, `retry` is 3000 milliseconds. The next page of events is made when the one before has been
            sent; a reader that takes nothing for 10 seconds while something waits for it is cut off. A listener that shuts its
            side is taken to be gone. At most 64 listen at once.
          parameters:
            - {name: after, in: query, description: 'As `Last-Event-ID`, which is the newer word where both are sent. 0: everything that is kept. Not with `last-event-id`.', schema: {type: integer, format: int64, minimum: 0}}
            - {name: last-event-id, in: query, description: 'The same as `after`.', schema: {type: integer, format: int64, minimum: 0}}
            - {name: follow, in: query, description: 'False: ends when all there is has been told.', schema: {type: boolean, default: true}}
            - {name: Last-Event-ID, in: header, description: 'The id of the last event that was seen. What is no id of ours leads to a `reset`.', schema: {type: string}}
          responses:
            '200':
              description: The stream.
              headers: *guard
              content:
                text/event-stream:
                  schema:
                    type: object
                    description: Of each event, its fields.
                    properties: {id: {type: string}, event: {type: string}, data: {type: string}}
            '400': {$ref: '#/components/responses/Problem'}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            '503': {$ref: '#/components/responses/Problem', description: '`too-many-listeners`, `history-unavailable`, `stopping`.'}
            default: {$ref: '#/components/responses/Refusal'}
      /metrics:
        get:
          operationId: getMetrics
          summary: 'Prometheus text exposition format 0.0.4. Counters are of this run of the service; nothing is looked up for it.'
          responses:
            '200':
              description: The metrics.
              headers: *guard
              content: {text/plain: {schema: {type: string}}}
            '401': {$ref: '#/components/responses/Problem'}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /openapi.yaml:
        get:
          operationId: getOpenAPI
          security: []
          summary: 'This document.'
          responses:
            '200':
              description: The document.
              headers: *guard
              content: {application/yaml: {schema: {type: object}}}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /:
        get:
          operationId: getPage
          security: []
          summary: 'The dashboard.'
          parameters:
            - {$ref: '#/components/parameters/ifNoneMatch'}
            - {$ref: '#/components/parameters/acceptEncoding'}
          responses:
            '200':
              description: The page; its `ETag` changes exactly when it does.
              headers: *file
              content: {text/html: {schema: {type: string}}}
            '304': {description: 'It is one of `If-None-Match`.', headers: *file}
            '403': {$ref: '#/components/responses/Problem'}
            default: {$ref: '#/components/responses/Refusal'}
      /assets/{name}:
        get:
          operationId: getPageAsset
          security: []
          summary: 'A file of the dashboard.'
          parameters:
            - {name: name, in: path, required: true, example: icon.svg, schema: {$ref: '#/components/schemas/Segment'}}
            - {$ref: '#/components/parameters/ifNoneMatch'}
            - {$ref: '#/components/parameters/acceptEncoding'}
          responses:
            '200':
              description: The file; its `ETag` changes exactly when it does.
              headers: *file
              content:
                text/javascript: {schema: {type: string}}
                text/css: {schema: {type: string}}
                image/svg+xml: {schema: {type: string}}
            '304': {description: 'It is one of `If-None-Match`.', headers: *file}
            '403': {$ref: '#/components/responses/Problem'}
            '404': {$ref: '#/components/responses/Problem', description: '`not-found`.'}
            default: {$ref: '#/components/responses/Refusal'}
    components:
      securitySchemes:
        bearer: {type: http, scheme: bearer, description: 'Off unless `rotator token on`; then asked for on every route but the page''s.'}
      parameters:
        wait: {name: wait, in: query, description: 'Seconds to wait while the entity-tag is one of `If-None-Match`: answered with 200 as soon as it is not, with 304 at the end. Without that field nothing is waited for. At most 64 wait at once.', schema: {type: integer, minimum: 0, maximum: 60, default: 0}}
        acceptEncoding: {name: Accept-Encoding, in: header, description: '`gzip` is answered so.', schema: {type: string}}
        ifNoneMatch: {name: If-None-Match, in: header, description: 'Entity-tags that are known already, or `*`.', schema: {type: string}}
        email: {name: email, in: path, required: true, description: An e-mail or an account id., example: bob@example.com, schema: {$ref: '#/components/schemas/Segment'}}
        nudge: {name: code, in: path, required: true, description: 'The `code` of a nudge.', example: no-alternates, schema: {$ref: '#/components/schemas/NudgeCode'}}
        about: {name: email, in: path, required: true, description: 'The `email` of the nudge, or `-`.', example: '-', schema: {$ref: '#/components/schemas/Segment'}}
        limit: {name: limit, in: query, example: 20, schema: {type: integer, minimum: 1, maximum: 500, default: 50}}
        before: {name: before, in: query, description: 'The `next` of the page before.', example: 4021, schema: {type: integer, format: int64, minimum: 1, maximum: 9223372036854775807}}
      headers:
        ETag: {required: true, description: 'Strong; changes exactly when the body does, and with every start of the service.', schema: {type: string}}
        RetryAfter: {description: 'Seconds; with 429 and `too-many-listeners`.', schema: {type: integer, minimum: 1}}
        WWWAuthenticate: {description: 'With 401 (RFC 6750 §3).', schema: {type: string}}
        NoSniff: {required: true, schema: {type: string, const: nosniff}}
        NoStore: {required: true, schema: {type: string, const: no-store}}
        ContentSecurityPolicy:
          required: true
          schema:
            type: string
            const: >-
              default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none';
              form-action 'none'; frame-ancestors 'none'
        ReferrerPolicy: {required: true, schema: {type: string, const: same-origin}}
        CrossOriginResourcePolicy: {required: true, schema: {type: string, const: same-origin}}
        Allow: {description: 'With 405: the methods there are.', schema: {type: string}}
      responses:
        Problem:
          description: What failed and what to do.
          headers:
            X-Content-Type-Options: {$ref: '#/components/headers/NoSniff'}
            Cache-Control: {$ref: '#/components/headers/NoStore'}
            Content-Security-Policy: {$ref: '#/components/headers/ContentSecurityPolicy'}
            Referrer-Policy: {$ref: '#/components/headers/ReferrerPolicy'}
            Cross-Origin-Resource-Policy: {$ref: '#/components/headers/CrossOriginResourcePolicy'}
            Retry-After: {$ref: '#/components/headers/RetryAfter'}
            WWW-Authenticate: {$ref: '#/components/headers/WWWAuthenticate'}
          content: {application/problem+json: {schema: {$ref: '#/components/schemas/Problem'}}}
        NotModified:
          description: It is as it was.
          headers: *tagged
        Refusal:
          description: >-
            What is wrong with the request itself, before any route: of the gate and the router, or of the HTTP layer, which
            then closes the connection.
          headers:
            X-Content-Type-Options: {$ref: '#/components/headers/NoSniff'}
            Cache-Control: {$ref: '#/components/headers/NoStore'}
            Allow: {$ref: '#/components/headers/Allow'}
          content:
            application/problem+json:
              schema: {anyOf: [{$ref: '#/components/schemas/Problem'}, {$ref: '#/components/schemas/Refusal'}]}
      links:
        CapturedAccount: {operationId: getAccount, parameters: {email: '$response.body#/id'}}
        LineageOfAccount: {operationId: getLineage, parameters: {email: '$response.body#/id'}}
        PolicyOfAccount: {operationId: setPolicy, parameters: {email: '$response.body#/id'}}
        LiveAccount: {operationId: swap, requestBody: {email: '$response.body#/id'}}
        FirstAccount: {operationId: getAccount, parameters: {email: '$response.body#/accounts/0/email'}}
        LineageOfFirst: {operationId: getLineage, parameters: {email: '$response.body#/accounts/0/id'}}
        PolicyOfFirst: {operationId: setPolicy, parameters: {email: '$response.body#/accounts/0/id'}}
        SecondAccountLive: {operationId: swap, requestBody: {email: '$response.body#/accounts/1/id'}}
        ForgetLast: {operationId: forgetAccount, parameters: {email: '$response.body#/accounts/2/id'}}
        AccountSwappedTo: {operationId: getAccount, parameters: {email: '$response.body#/to'}}
        SwapBack: {operationId: swap, requestBody: {email: '$response.body#/from'}}
      schemas:
        Segment: {type: string, minLength: 1, pattern: '^[^\x00-\x1F\x7F]+$'}
        ReadingSource: {type: string, enum: [usage-endpoint, status-line, claude-cache]}
        NudgeCode:
          type: string
          enum: [rotation-stuck, pinned-session, no-alternates, other-host, oauth-login-needed, login-expiring, oauth-capture-stalled, lock-held, second-manager, tick-stalled]
        Trigger: {type: string, enum: [schedule, request, heartbeat, observation, operator, recovery]}
        Reason:
          type: string
          description: Append only. New ones may come; show the sentence where one is not known.
          enum: [
            opted-out, claude-not-running, below-threshold, at-threshold, model-at-threshold, projected-wall,
            exhausted, live-rejected, live-expired, live-rate-limited, live-unknown, live-restricted,
            live-is-setup-token, within-renewal-grace, debouncing, drain-first, soonest-reset, least-used, round-robin,
            priority-order, other-preferred, room-to-stay, less-drained, too-little-room, tie-order, last-resort,
            last-points, no-windows, quota-lapses, lapses-first, lapses-later, reading-unknown, reading-stale,
            slot-missing, slot-expired, slot-rejected, account-restricted, slot-needs-login, setup-token-unmeasured,
            recently-left, held, reserved, rotation-not-needed, all-exhausted, no-alternates, no-usable-alternate,
            identity-unknown, no-live-credential, dwell, mid-turn, filling-up, paused, credential-locked,
            credential-changed, credential-superseded, other-manager, store-refused, store-unreachable, store-malformed,
            credential-incomplete, unsupported-platform, target-unusable, history-unavailable, operator-request,
            already-live, recovered, abandoned]
        Health:
          type: object
          required: [status, version, pid, startedAt, optedIn, live, lastTickAt, clockAheadSeconds]
          properties:
            status: {type: string, const: ok}
            version: {type: string}
            pid: {type: integer, format: int32}
            startedAt: {type: string, format: date-time}
            optedIn: {type: boolean}
            live: {type: [string, "null"]}
            lastTickAt: {type: [string, "null"], format: date-time}
            clockAheadSeconds: {type: [integer, "null"], format: int64, description: 'Seconds this clock is ahead of the vendor''s, by the Date of its last answer; null before the first.'}
          examples:
            - {status: ok, version: 0.1.0, pid: 4711, startedAt: '2026-11-26T04:40:12Z', optedIn: true, live: carol@example.com, lastTickAt: '2026-11-26T04:46:55Z', clockAheadSeconds: 0}
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
          examples:
            - {enabled: true, since: '2026-11-26T04:40:25Z', tickIntervalSeconds: 60, threshold: 97, strategy: drain-first, knownAccounts: 3, message: 'Account rotator: ON (tick every 60 s, threshold 97 %, drain-first). Known accounts: 3 (at least two are needed). Turn it off with `rotator off`.'}
        OptInRequest:
          type: object
          properties:
            enabled: {type: [boolean, "null"], default: true}
            callerPinningVariables: {type: [array, "null"], items: {type: string}}
          examples: [{enabled: true}]
        Pause:
          type: object
          required: [paused, since, until]
          properties:
            paused: {type: boolean}
            since: {type: [string, "null"], format: date-time}
            until: {type: [string, "null"], format: date-time, description: 'Null: until it is lifted.'}
          examples:
            - {paused: false, since: null, until: null}
        PauseRequest:
          type: object
          properties:
            until: {oneOf: [{type: string, format: date-time}, {type: "null"}], description: 'A time to come; not with `forSeconds`.'}
            forSeconds: {type: [integer, "null"], format: int64, minimum: 1, maximum: 31622400}
          anyOf: [{properties: {until: {type: "null"}}}, {properties: {forSeconds: {type: "null"}}}]
          examples: [{forSeconds: 5400}]
        Policy:
          type: object
          required: [hold, reservePercent]
          properties:
            hold: {type: boolean, description: 'Never taken by itself, and never left by itself.'}
            reservePercent: {type: number, description: 'Percent of each window that is to stay unused: its threshold is at most 100 less this.'}
        PolicyRequest:
          type: object
          properties:
            hold: {type: [boolean, "null"]}
            reservePercent: {type: [number, "null"], minimum: 0, maximum: 99}
          examples: [{hold: true, reservePercent: 20}]
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
            resetsAt: {oneOf: [{type: string, format: date-time}, {type: "null"}], description: 'At most 11 hours ahead, or 15 days.'}
        Observation:
          type: object
          required: [session, windows]
          properties:
            session: {type: string, minLength: 1, maxLength: 128, description: '`session_id`.'}
            apiMilliseconds: {type: [integer, "null"], format: int64, minimum: 0, maximum: 9223372036854775807, description: '`cost.total_api_duration_ms`: tells a new answer from a line drawn anew.'}
            model: {type: [string, "null"], minLength: 1, maxLength: 128}
            windows:
              type: array
              description: Each window at most once.
              items: {$ref: '#/components/schemas/ObservedWindow'}
              allOf:
                - {contains: {properties: {name: {const: five_hour}}, required: [name]}, minContains: 0, maxContains: 1}
                - {contains: {properties: {name: {const: seven_day}}, required: [name]}, minContains: 0, maxContains: 1}
          examples:
            - {session: 1f0c0b7e, apiMilliseconds: 41000, model: claude-opus-4-5, windows: [{name: five_hour, utilization: 63, resetsAt: '2026-09-21T16:13:20Z'}, {name: seven_day, utilization: 90, resetsAt: '2026-09-22T15:13:20Z'}]}
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
          examples:
            - {optedIn: true, live: carol@example.com, windows: [{name: five_hour, model: null, utilization: 63, resetsAt: '2026-09-21T16:13:20Z'}], nextResetAt: '2026-09-21T16:13:20Z', knownAlternates: 2, usableAlternates: 1}
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
            source: {oneOf: [{$ref: '#/components/schemas/ReadingSource'}, {type: "null"}]}
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
          required: [state, kind, capturedAt, refreshedAt, accessTokenExpiresAt, accessTokenExpiryIsEstimate, loginExpiresAt, canRefresh]
          properties:
            state: {type: string, enum: [usable, expired, needs-login, suspect]}
            kind: {type: string, enum: [login, setup-token]}
            capturedAt: {type: string, format: date-time}
            refreshedAt: {type: [string, "null"], format: date-time}
            accessTokenExpiresAt: {type: [string, "null"], format: date-time}
            accessTokenExpiryIsEstimate: {type: boolean, description: 'True of a setup-token, which says nothing itself: a year from when it was filed.'}
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
          examples:
            - {id: bob-0000-4000-8000-000000000001.bob-0000-4000-8000-000000000002, email: bob@example.com, accountUUID: bob-0000-4000-8000-000000000001, organizationUUID: bob-0000-4000-8000-000000000002, live: false, plan: max, rateLimitTier: default_claude_max_5x, slot: {state: usable, kind: login, capturedAt: '2026-11-26T04:40:23Z', refreshedAt: null, accessTokenExpiresAt: '2026-11-26T12:40:12Z', accessTokenExpiryIsEstimate: false, loginExpiresAt: null, canRefresh: true}, usage: {status: known, readAt: '2026-11-26T04:45:50Z', source: usage-endpoint, windows: [{name: five_hour, model: null, utilization: 12, resetsAt: '2026-11-26T06:40:12Z'}, {name: seven_day, model: null, utilization: 20, resetsAt: '2026-11-29T04:40:12Z'}], tightest: {name: seven_day, utilization: 20}, extra: {enabled: false, usedMinor: null, limitMinor: null, utilization: null, currency: null, decimalPlaces: null, disabledReason: null}}, policy: {hold: false, reservePercent: 0}}
        Accounts:
          type: object
          required: [live, accounts]
          properties:
            live: {type: [string, "null"]}
            accounts: {type: array, items: {$ref: '#/components/schemas/Account'}}
          examples:
            - {live: carol@example.com, accounts: [{id: alice-0000-4000-8000-000000000001.alice-0000-4000-8000-000000000002, email: alice@example.com, accountUUID: alice-0000-4000-8000-000000000001, organizationUUID: alice-0000-4000-8000-000000000002, live: false, plan: max, rateLimitTier: default_claude_max_5x, slot: {state: usable, kind: login, capturedAt: '2026-11-26T04:40:24Z', refreshedAt: null, accessTokenExpiresAt: '2026-11-26T12:40:12Z', accessTokenExpiryIsEstimate: false, loginExpiresAt: null, canRefresh: true}, usage: {status: known, readAt: '2026-11-26T04:45:50Z', source: usage-endpoint, windows: [{name: five_hour, model: null, utilization: 97, resetsAt: '2026-11-26T06:40:12Z'}, {name: seven_day, model: null, utilization: 40.75, resetsAt: '2026-11-29T04:40:12Z'}], tightest: {name: five_hour, utilization: 97}, extra: {enabled: false, usedMinor: null, limitMinor: null, utilization: null, currency: null, decimalPlaces: null, disabledReason: null}}, policy: {hold: false, reservePercent: 0}}]}
        Consideration:
          type: object
          required: [email, outcome, reason, sentence, tightest]
          properties:
            email: {type: string}
            outcome: {type: string, enum: [live, chosen, passed-over, unusable]}
            reason: {$ref: '#/components/schemas/Reason'}
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
            trigger: {$ref: '#/components/schemas/Trigger'}
            from: {type: [string, "null"]}
            to: {type: [string, "null"]}
            reason: {$ref: '#/components/schemas/Reason'}
            sentence: {type: string}
            considerations: {type: array, items: {$ref: '#/components/schemas/Consideration'}}
            earliestReset: {type: [string, "null"], format: date-time}
            repeats: {type: integer, format: int64}
            lastAt: {type: string, format: date-time}
          examples:
            - {id: 15, tick: 15, at: '2026-11-26T04:45:53Z', outcome: rotated, trigger: schedule, from: alice@example.com, to: carol@example.com, reason: at-threshold, sentence: 'alice@example.com is at 97 % (5 h), at or above its threshold of 97 %; swapped to carol@example.com at 90 % (7 d), the usable alternate closest to its own limit.', considerations: [{email: alice@example.com, outcome: live, reason: at-threshold, sentence: 'alice@example.com is at 97 % (5 h), at or above its threshold of 97 %.', tightest: {name: five_hour, utilization: 97}}, {email: bob@example.com, outcome: passed-over, reason: less-drained, sentence: bob@example.com is fresher (20 % (7 d)) than carol@example.com; it is kept in reserve., tightest: {name: seven_day, utilization: 20}}, {email: carol@example.com, outcome: chosen, reason: drain-first, sentence: carol@example.com is the usable alternate closest to its own limit (90 % (7 d))., tightest: {name: seven_day, utilization: 90}}], earliestReset: null, repeats: 1, lastAt: '2026-11-26T04:45:53Z'}
        Decisions:
          type: object
          required: [decisions, next]
          properties:
            decisions: {type: array, items: {$ref: '#/components/schemas/Decision'}}
            next: {type: [integer, "null"], format: int64}
          examples:
            - {decisions: [{id: 15, tick: 15, at: '2026-11-26T04:45:53Z', outcome: rotated, trigger: schedule, from: alice@example.com, to: carol@example.com, reason: at-threshold, sentence: 'alice@example.com is at 97 % (5 h), at or above its threshold of 97 %; swapped to carol@example.com at 90 % (7 d), the usable alternate closest to its own limit.', considerations: [{email: alice@example.com, outcome: live, reason: at-threshold, sentence: 'alice@example.com is at 97 % (5 h), at or above its threshold of 97 %.', tightest: {name: five_hour, utilization: 97}}], earliestReset: null, repeats: 1, lastAt: '2026-11-26T04:45:53Z'}], next: 4021}
        Rotation:
          type: object
          required: [id, at, from, to, trigger, reason, sentence, tookMilliseconds]
          properties:
            id: {type: integer, format: int64}
            at: {type: string, format: date-time}
            from: {type: [string, "null"]}
            to: {type: string}
            trigger: {$ref: '#/components/schemas/Trigger'}
            reason: {$ref: '#/components/schemas/Reason'}
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
          examples:
            - {entries: [{at: '2026-11-26T04:40:23Z', event: first-seen, writer: sign-in, generation: 5ab4f679aa1ae6da23649dab23eb381f, parent: null, sentence: A sign-in brought it.}]}
        ImportRequest:
          type: object
          properties:
            from: {type: [string, "null"], pattern: '^/', description: 'Absolute path of the Python rotator''s data directory; where it usually is when left out.'}
            deletePlaintext: {type: [boolean, "null"], default: false, description: 'Delete its slots/*.json once every credential found is proven stored.'}
            dryRun: {type: [boolean, "null"], default: false, description: 'Ask nobody, write nothing.'}
          examples: [{dryRun: true}]
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
          examples:
            - {source: /home/u/.claude/plugins/data/janitor/oauth-rotator, dryRun: true, accounts: [{label: dave@example.com, email: null, origin: slots/dave@example.com.json, code: found, isStored: false, detail: a login}], deleted: [], remark: null}
        History:
          type: object
          required: [rotations, next]
          properties:
            rotations: {type: array, items: {$ref: '#/components/schemas/Rotation'}}
            next: {type: [integer, "null"], format: int64}
          examples:
            - {rotations: [{id: 1, at: '2026-11-26T04:45:53Z', from: alice@example.com, to: carol@example.com, trigger: schedule, reason: at-threshold, sentence: 'alice@example.com is at 97 % (5 h), at or above its threshold of 97 %; swapped to carol@example.com at 90 % (7 d), the usable alternate closest to its own limit.', tookMilliseconds: 45}], next: null}
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
            reason: {$ref: '#/components/schemas/Reason'}
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
          examples:
            - {at: '2026-11-24T22:00:00Z', until: '2026-11-25T08:00:00Z', horizon: '2026-11-25T11:00:00Z', lasts: maybe, segments: [{email: alice@example.com, from: '2026-11-24T22:00:00Z', to: '2026-11-25T00:12:00Z', reason: below-threshold}, {email: carol@example.com, from: '2026-11-25T00:12:00Z', to: '2026-11-25T08:00:00Z', reason: drain-first}], dryAt: {earliest: '2026-11-25T06:30:00Z', likely: null, latest: null}, firstResetAfter: null, burn: {pointsPerHour: {low: 8, likely: 12.5, high: 19.25}, sevenDayShare: 0.13, activeHours: 31, idle: false}, accounts: [{email: alice@example.com, live: true, readAt: '2026-11-24T21:58:00Z', ageSeconds: 120, windows: [{name: five_hour, utilization: 69, resetsAt: '2026-11-25T01:00:00Z', pointsPerHour: {low: 8, likely: 12.5, high: 19.25}, thresholdAt: {earliest: '2026-11-24T23:27:00Z', likely: '2026-11-25T00:12:00Z', latest: null}, wallAt: {earliest: '2026-11-24T23:36:00Z', likely: '2026-11-25T00:26:00Z', latest: null}}]}], unknown: [{email: bob@example.com, reason: held, readAt: '2026-11-24T21:40:00Z'}], pause: {paused: false, since: null, until: null}}
        Series:
          type: object
          description: Three columns of the same length.
          required: [id, email, seconds, utilization, resetSeconds]
          properties:
            id: {type: string}
            email: {type: string}
            seconds: {type: array, items: {type: integer, format: int64}, description: 'After `since`; grows.'}
            utilization: {type: array, items: {type: [number, "null"]}, description: 'Percent; null where it was not told.'}
            resetSeconds: {type: array, items: {type: [integer, "null"], format: int64}, description: 'After `since`, when the window as read then resets.'}
        Stall:
          type: object
          description: An unbroken run of decisions that were `stuck`.
          required: [from, to]
          properties:
            from: {type: string, format: date-time}
            to: {type: [string, "null"], format: date-time, description: 'The first decision that was another; null while it goes on.'}
        Readings:
          type: object
          required: [at, since, until, window, stepSeconds, accounts, stalls]
          properties:
            at: {type: string, format: date-time}
            since: {type: string, format: date-time}
            until: {type: string, format: date-time}
            window: {type: string}
            stepSeconds: {type: integer, format: int64}
            accounts: {type: array, items: {$ref: '#/components/schemas/Series'}, description: 'In the order of `GET /accounts`; without those that have no reading in the stretch.'}
            stalls: {type: array, items: {$ref: '#/components/schemas/Stall'}, description: 'Those that reach into the stretch, oldest first, in their whole length.'}
          examples:
            - {at: '2026-11-26T06:00:00Z', since: '2026-11-26T04:00:00Z', until: '2026-11-26T06:00:00Z', window: five_hour, stepSeconds: 30, accounts: [{id: a.b, email: alice@example.com, seconds: [60, 120], utilization: [40, 41.5], resetSeconds: [9000, null]}], stalls: [{from: '2026-11-26T05:00:00Z', to: null}]}
        Nudge:
          type: object
          required: [code, email, severity, urgency, kind, since, message, command]
          properties:
            code: {$ref: '#/components/schemas/NudgeCode'}
            email: {type: [string, "null"]}
            severity: {type: string, enum: [info, warning, critical]}
            urgency: {type: string, enum: [notice, 48h, 24h, expired, dead], description: 'How long there is to act; the last is the most pressing.'}
            kind: {type: [string, "null"], description: 'Tells nudges of one code apart: of `rotation-stuck` why (all-spent, no-alternates, none-usable, identity-unknown, store-locked, store-unusable, offline, signed-out, restricted), of `pinned-session` by what, of `oauth-capture-stalled` what stopped it.'}
            since: {type: string, format: date-time}
            message: {type: string}
            command: {type: [string, "null"]}
        Nudges:
          type: object
          required: [nudges]
          properties:
            nudges: {type: array, items: {$ref: '#/components/schemas/Nudge'}}
          examples:
            - {nudges: [{code: no-alternates, email: null, severity: warning, urgency: notice, kind: null, since: '2026-11-26T04:46:58Z', message: Only 1 account is known and rotation needs at least two. Sign in to another with /login in Claude Code; the next tick files it., command: rotator accounts}]}
        AccountsEvent:
          type: object
          required: [at, emails]
          properties:
            at: {type: string, format: date-time}
            emails: {type: array, items: {type: string}, description: Sorted.}
        OptInEvent:
          type: object
          required: [at, enabled]
          properties:
            at: {type: string, format: date-time}
            enabled: {type: boolean}
        ResetEvent:
          type: object
          required: [reason, newest]
          properties:
            reason: {type: string, enum: [too-old, unknown-id]}
            newest: {type: integer, format: int64, description: Events go on behind this one.}
        Tick:
          type: object
          required: [tick, at, outcome, decision, nudges, announced, nextTickAt]
          properties:
            tick: {type: integer, format: int64}
            at: {type: string, format: date-time}
            outcome: {type: string, enum: ['off', claude-not-running, stayed, rotated, deferred, stuck, failed]}
            decision: {$ref: '#/components/schemas/Decision'}
            nudges: {type: array, items: {$ref: '#/components/schemas/Nudge'}}
            announced: {type: array, items: {$ref: '#/components/schemas/Nudge'}, description: 'With `announce=true`: of the nudges those not told this way before, or worse since. Empty without.'}
            nextTickAt: {type: string, format: date-time}
          examples:
            - {tick: 18, at: '2026-11-26T04:46:55Z', outcome: stayed, decision: {id: 18, tick: 18, at: '2026-11-26T04:46:55Z', outcome: stayed, trigger: request, from: carol@example.com, to: null, reason: below-threshold, sentence: 'carol@example.com is live at 90 % (7 d), below its threshold of 97 %.', considerations: [{email: carol@example.com, outcome: live, reason: below-threshold, sentence: 'carol@example.com is live at 90 % (7 d), below its threshold of 97 %.', tightest: {name: seven_day, utilization: 90}}], earliestReset: null, repeats: 1, lastAt: '2026-11-26T04:46:55Z'}, nudges: [], announced: [], nextTickAt: '2026-11-26T04:47:53Z'}
        SetupTokenRequest:
          type: object
          required: [email, token]
          properties:
            email: {type: string, maxLength: 254, pattern: '^[^\x00-\x20\x7F@-][^\x00-\x20\x7F@]*@[^\x00-\x20\x7F@]+$', description: 'Whose it is, by the word of who adds it: nobody else can say.'}
            token: {type: string, minLength: 20, maxLength: 4096, pattern: '^[\x21-\x7E]+$', writeOnly: true, description: 'Visible ASCII; never logged, never answered.'}
          examples: [{email: dave@example.com, token: sk-ant-oat01-example}]
        SwapRequest:
          type: object
          required: [email]
          properties:
            email: {type: string, description: An e-mail or an account id.}
            force: {type: [boolean, "null"], default: false}
          examples: [{email: bob@example.com}]
        LoginRequest:
          type: object
          properties:
            refuseOthers: {type: [boolean, "null"], description: File nothing if another account is signed in to; else it is filed under its own name.}
          examples: [{refuseOthers: true}]
        LoginAnswer:
          type: object
          required: [login]
          properties:
            login: {$ref: '#/components/schemas/Login'}
          examples:
            - {login: {email: dave@example.com, state: window-open, failure: null, detail: The window is open., unattended: false, startedAt: '2026-11-26T04:40:12Z', changedAt: '2026-11-26T04:40:13Z', endsAt: '2026-11-26T04:45:12Z', filedAs: null}}
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
            type: {type: string, const: 'about:blank'}
            title: {type: string}
            status: {type: integer, minimum: 400, maximum: 599}
            detail: {type: string}
            code: {type: string, enum: [bad-request, forbidden, not-found, method-not-allowed, unsupported-media-type, pinned-environment, unsupported-platform, unknown-account, ambiguous-account, account-is-live, already-live, target-unusable, store-refused, store-unreachable, store-malformed, credential-locked, credential-changed, credential-superseded, credential-incomplete, identity-unknown, no-live-credential, no-decision-yet, unknown-nudge, history-unavailable, flag-not-written, nothing-to-import, other-manager-on, stopping, internal-error, unattributable, too-many-listeners, unauthorized, too-many-requests, setup-token-refused, login-running, no-login, claude-missing, browser-missing, display-missing, login-failed]}
            variable: {type: string}
            where: {type: string}
            statusLine: {$ref: '#/components/schemas/StatusLine'}
          examples:
            - {type: 'about:blank', title: Unknown account, status: 404, detail: no account dave@example.com is known; GET /accounts lists them, code: unknown-account}
        Refusal:
          type: object
          required: [type, title, status, detail, code]
          properties:
            type: {type: string, const: 'about:blank'}
            title: {type: string}
            status: {type: integer, enum: [400, 411, 413, 414, 417, 431, 501, 503, 505]}
            detail: {type: string}
            code: {type: string, enum: [bad-request, length-required, body-too-large, target-too-long, expectation-failed, head-too-large, unknown-transfer-coding, too-many-connections, version-not-supported]}
          examples:
            - {type: 'about:blank', title: Content Too Large, status: 413, detail: a request body may hold 65536 bytes, code: body-too-large}

    """#
