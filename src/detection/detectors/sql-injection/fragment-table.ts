const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Functions that tell who, where and what the database is: lower case. */
export const identityFunctions: ReadonlySet<string> = setOf(
  "user version database current_user session_user system_user current_database current_schema db_name db_id user_name suser_name suser_sname host_name serverproperty load_file",
);

/** Variables of MySQL and SQL Server that describe the server, without `@@`. */
export const serverVariables: ReadonlySet<string> = setOf(
  "version servername hostname datadir basedir tmpdir microsoftversion language spid version_compile_os version_compile_machine global identity rowcount error max_connections secure_file_priv plugin_dir servicename port user variable",
);

/** Tables in which databases describe themselves, and whose names mean nothing else. */
export const catalogNames: ReadonlySet<string> = setOf(
  "information_schema performance_schema sysobjects syscolumns sysusers sysdatabases syslogins sysprocesses sysxlogins msysobjects msysaccessobjects msysaces sqlite_master sqlite_schema sqlite_temp_master pg_catalog pg_user pg_shadow pg_group pg_database pg_class pg_tables pg_roles pg_authid pg_stat_activity all_tab_columns all_tab_tables all_users dba_users dba_tables user_tab_columns user_tables sysibm syscat rdb$database rdb$relations sysmaster tabname",
);

/** Operators of MySQL that join two strings when they stand in their middle. */
export const quotedOperators: ReadonlySet<string> = setOf(
  "or and xor div mod like regexp rlike not_like not_regexp not_rlike sounds_like",
);

/** Operators made of signs, as above. */
export const quotedSigns: ReadonlySet<string> = setOf(
  "& && | || ^ = < > <= >= <=> << >> <> != - + % * /",
);

/** Words with which no statement ends. */
export const unfinishedWords: ReadonlySet<string> = setOf(
  "where from and or select by union on having in like between",
);
