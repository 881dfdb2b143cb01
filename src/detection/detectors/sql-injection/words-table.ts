const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that cannot stand where SQL wants a value or a name. */
export const reservedWords: ReadonlySet<string> = setOf(
  "select from where and or xor union except intersect minus all distinct distinctrow group order by having limit offset into like ilike rlike regexp in is between when then else end as on join inner outer cross natural using values set delete drop create alter table exec execute for with to asc desc not div procedure top waitfor declare begin fetch returning escape if",
);

/** Reserved words that are names of functions when a parenthesis follows. */
export const wordsThatAreAlsoFunctions: ReadonlySet<string> = setOf(
  "if values in exists not all any some left right replace insert char like set distinct",
);

/** Words that stand for a constant. */
export const constantWords: ReadonlySet<string> = setOf("null true false unknown default");

/** Words that read the session without a parenthesis. */
export const sessionWords: ReadonlySet<string> = setOf(
  "current_user session_user system_user current_timestamp current_date current_time current_role current_catalog current_schema sysdate systimestamp localtime localtimestamp rownum rowid",
);

export const dangerousFunctions: ReadonlySet<string> = setOf(
  "sleep benchmark pg_sleep pg_sleep_for pg_sleep_until get_lock load_file extractvalue updatexml xmltype randomblob zeroblob regexp_substring load_extension lo_import lo_export lo_get lo_from_bytea pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file current_setting set_config query_to_xml database_to_xml table_to_xml dblink dblink_connect dblink_send_query openrowset openquery opendatasource name_const make_set elt procedure_analyse analyse xp_cmdshell xp_dirtree xp_fileexist xp_regread fn_xe_file_target_read_file fn_trace_gettable fn_get_audit_file is_srvrolemember is_member has_dbaccess has_perms_by_name httpuritype bfilename receive_message sys_eval sys_exec sys_get gtid_subset gtid_subtract st_latfromgeohash st_longfromgeohash st_pointfromgeohash geometrycollection linestring multilinestring multipoint multipolygon polygon generate_series sqlite_version crypt_key writefile readfile edit fts3_tokenizer uuid_to_bin ifx_replace_module sysmaster",
);

/** Packages of Oracle and SQL Server that wait, call out or read files. */
export const dangerousPackages: ReadonlySet<string> = setOf(
  "dbms_pipe dbms_lock dbms_xmlgen dbms_ldap dbms_utility dbms_java dbms_java_test dbms_xslprocessor dbms_scheduler dbms_export_extension dbms_session utl_http utl_inaddr utl_file utl_smtp utl_tcp user_lock ctxsys ordsys sysmaster",
);

export const probingFunctions: ReadonlySet<string> = setOf(
  "version user database schema current_user session_user system_user current_database current_schema db_name db_id user_name suser_name suser_sname object_name object_id col_name host_name servername serverproperty schema_name ascii ord unicode substring substr substrb mid concat_ws group_concat string_agg listagg wm_concat xmlagg array_agg json_arrayagg json_group_array unhex hex char chr nchar hextoraw utl_raw rawtohex aes_encrypt aes_decrypt des_encrypt inet_ntoa bin_to_num row_count found_rows last_insert_id connection_id sys_context sys_connect_by_path to_char to_number quote_ident pg_typeof quote_literal fulltextsearch sql_variant_property strcmp charindex patindex compress uncompress collation coercibility",
);

export const commonFunctions: ReadonlySet<string> = setOf(
  "concat count floor ceil ceiling round rand random abs sign exp log ln pow power sqrt mod greatest least length len char_length character_length octet_length bit_length datalength lower upper lcase ucase trim ltrim rtrim lpad rpad replace reverse repeat replicate space left right if case coalesce isnull nvl row min max sum avg md5 sha sha1 sha2 password old_password crc32 now curdate curtime sysdate date year month day getdate datediff dateadd datepart date_format from_unixtime unix_timestamp extract position field find_in_set interval format bin oct rownum row_number rank over exists any some regexp_replace regexp_like regexp_matches regexp_instr split_part strpos to_date to_timestamp to_hex to_base64 from_base64 json_extract json_value json_query json_keys json_object json_array xml_extract stuff str soundex quotename sin cos cot acos asin atan atan2 degrees radians truncate trunc typeof printf glob likelihood total changes instr locate convert cast conv encode decode nvl2 nullif ifnull iif tan pi uuid newid gen_random_uuid hashbytes checksum isnumeric choose try_convert try_cast parse translate initcap dual",
);

/** Tables and schemas in which a database describes itself. */
export const systemTables: ReadonlySet<string> = setOf(
  "information_schema mysql performance_schema sys sysobjects syscolumns sysusers sysdatabases sysservers syslogins sysprocesses sysxlogins master msysobjects msysaccessobjects msysaces sqlite_master sqlite_schema sqlite_temp_master pg_catalog pg_user pg_shadow pg_database pg_class pg_tables pg_roles pg_proc pg_authid pg_stat_activity pg_attribute pg_namespace all_tables all_tab_columns all_users all_objects all_views user_tables user_tab_columns user_objects user_users user_role_privs user_sys_privs dba_users dba_tables dba_role_privs dba_tab_columns v$version v$instance v$database v$session v_$version dual sysibm syscat rdb$database rdb$fields rdb$types rdb$functions rdb$relations tabname systables syscolumns schemata domain",
);

/** Procedures and modules through which a statement leaves the database. */
export const dangerousProcedures: ReadonlySet<string> = setOf(
  "xp_cmdshell xp_dirtree xp_fileexist xp_regread xp_regwrite xp_regdeletevalue xp_subdirs xp_servicecontrol xp_loginconfig xp_enumgroups xp_availablemedia xp_terminate_process xp_sendmail xp_makewebtask sp_makewebtask sp_oacreate sp_oamethod sp_addlogin sp_addsrvrolemember sp_adduser sp_addextendedproc sp_configure sp_executesql sp_password sp_helpdb sp_start_job sp_add_job sp_send_dbmail sp_prepare sp_execute_external_script dbms_lock dbms_pipe utl_http dbms_ldap",
);

/** Words that begin a statement of their own. */
export const statementWords: ReadonlySet<string> = setOf(
  "select insert update delete drop create alter truncate exec execute declare set begin if waitfor shutdown call do grant revoke use describe desc show explain copy load merge backup restore kill goto print while replace handler rename prepare commit rollback attach detach pragma vacuum analyze reconfigure dbcc with values table raiserror return lock unlock reset bulk openrowset deny iif",
);

/** What `create`, `alter`, `drop` and `truncate` work on. */
export const schemaObjects: ReadonlySet<string> = setOf(
  "table database schema user view procedure proc function index login trigger role sequence tablespace extension aggregate assembly event server synonym language certificate credential",
);

/** What may stand between `create` and its object. */
export const schemaAdjectives: ReadonlySet<string> = setOf(
  "or replace materialized temporary temp unique external foreign global local public unlogged virtual clustered nonclustered fulltext definer",
);
