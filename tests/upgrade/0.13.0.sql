DELETE FROM state;
INSERT INTO state(id, counter, articles, statements, actors, issues, knowledge, commits) VALUES (1, 37, 8, 24, 9, 8, -6424539485847725494, 27);
DELETE FROM article;
INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, title, url, author, language, changed, edition, copy_of) VALUES (1587559499038725, X'F6533FD78FF15EF23EA77D023F5DA328F33D4ABFA76D562220E782D498D1BA54', 1796057575737, 4, '2025-01-14', 'Demo Wire', 'Plan for a shipping levy', '', '', '', 9, 3, 0);
INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, title, url, author, language, changed, edition, copy_of) VALUES (1587578826391560, X'0544BBFEFDD372E77E766F3B11C1B87A0131E68A0E8D21353883EC9FB0F55336', 1796057575737, 2, '2025-01-23', 'Demo Post', 'Ports fear for trade', '', '', '', 22, 3, 0);
INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, title, url, author, language, changed, edition, copy_of) VALUES (1587619628580876, X'9EEE02D68752D117DE709B37D5D5F964D9D187380D1FB4D10B07DE2D07846447', 1796057575737, 3, '2025-02-11', 'Demo Wire', 'Oslo digs in', '', '', '', 4, 3, 0);
INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, title, url, author, language, changed, edition, copy_of) VALUES (1587669020704784, X'F49520D20513406B8A730FAF0CB279898B7D79EBB296224B1B7D11DD264D8768', 1796057575737, 3, '2025-03-06', 'Demo Post', 'A way out', '', '', '', 19, 3, 0);
INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, title, url, author, language, changed, edition, copy_of) VALUES (1587754920050708, X'2ACD5A356C34B66E1531EA1739952E0044DA7B22FDD24791139FD11F18D45B4E', 1796057575737, 3, '2025-04-15', 'Demo Wire', 'Ministers agree in Brussels', '', '', '', 6, 3, 0);
INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, title, url, author, language, changed, edition, copy_of) VALUES (1587830081978393, X'DDACC4ED4E9343CCA4A69FF16397D2DB66E30833A85668DAEED35987844A60EA', 1796057575737, 4, '2025-05-20', 'Demo Post', 'A vote', '', '', '', 16, 3, 0);
INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, title, url, author, language, changed, edition, copy_of) VALUES (1587879474102302, X'F1A191054323F5D72445311E323D74484290E1A4305A7BB91E16B4123D810D1B', 1796057575737, 3, '2025-06-12', 'Demo Wire', 'The levy begins', '', '', '', 12, 3, 0);
INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, title, url, author, language, changed, edition, copy_of) VALUES (1587896653971489, X'A3C515392C8A5066E5767F5D0904F9DD93BE1E59A6F0CB39699E75EA733BB4EB', 1796057575737, 2, '2025-06-20', 'Demo Post', 'Fair', '', '', '', 10, 3, 0);
DELETE FROM article_text;
INSERT INTO article_text(article, text) VALUES (1587559499038725, X'546865204575726F7065616E20556E696F6E2070726F706F7365642061206C657679206F6E20746865206675656C206F66207368697073206F6E20547565736461792E20E2809C546865207368697070696E67206C6576792077696C6C206D616B65207468652061697220636C65616E65722CE2809D20746865204575726F7065616E20436F6D6D697373696F6E20736169642E204E6F72776179206F70706F73656420746865207368697070696E67206C6576792E20E2809C546865207368697070696E67206C6576792069732061206D697374616B652CE2809D20746865204E6F7277656769616E20676F7665726E6D656E74207361696420696E20612073746174656D656E742E');
INSERT INTO article_text(article, text) VALUES (1587578826391560, X'4E6F7277656769616E206F6666696369616C732073616964206F6E205468757273646179207468617420746865207368697070696E67206C65767920776F756C64206861726D20736D616C6C20706F7274732E2054686520556E69746564204B696E67646F6D207361696420746861742069742077656C636F6D656420746865207368697070696E67206C6576792E');
INSERT INTO article_text(article, text) VALUES (1587619628580876, X'4E6F7277617920637269746963697A656420746865207368697070696E67206C6576792E20E2809C57652061726520616761696E737420746865207368697070696E67206C6576792CE2809D20746865204E6F7277656769616E20676F7665726E6D656E742073616964206F6E20547565736461792E20E2809C497420697320756E6661697220746F20636F756E74726965732077697468206C6F6E6720636F617374732EE2809D20546865204272697469736820676F7665726E6D656E742073616964207468617420697420737570706F72747320746865207368697070696E67206C6576792E');
INSERT INTO article_text(article, text) VALUES (1587669020704784, X'546865204575726F7065616E20436F6D6D697373696F6E2073616964207468617420697420776F756C642072657475726E2068616C66206F6620746865206D6F6E657920746F2074686520706F7274732E204E6F727761792063616C6C656420666F722074616C6B732E20E2809C5765206F70706F73652061207368697070696E67206C65767920776974686F757420657863657074696F6E732CE2809D20746865204E6F7277656769616E20676F7665726E6D656E7420736169642E');
INSERT INTO article_text(article, text) VALUES (1587754920050708, X'4E6F727761792077656C636F6D656420746865207368697070696E67206C6576792E20E2809C576520737570706F727420746865207368697070696E67206C657679207769746820746865206E657720657863657074696F6E732CE2809D20746865204E6F7277656769616E20676F7665726E6D656E742073616964206F6E20547565736461792E2054686520556E69746564204B696E67646F6D2073616964207468617420746865207368697070696E67206C657679207761732061207375636365737320666F722074686520636C696D6174652E');
INSERT INTO article_text(article, text) VALUES (1587830081978393, X'546865204E6F7277656769616E20676F7665726E6D656E742073616964207468617420697420737570706F72747320746865207368697070696E67206C6576792E20E2809C546865207368697070696E67206C6576792068656C7073206F757220706F7274732CE2809D204E6F7277656769616E206F6666696369616C7320736169642E2054686520556E6974656420537461746573206F70706F73656420746865207368697070696E67206C6576792E20E2809C546865207368697070696E67206C65767920746872656174656E732074726164652CE2809D2074686520576869746520486F75736520736169642E');
INSERT INTO article_text(article, text) VALUES (1587879474102302, X'4E6F72776179207072616973656420746865207368697070696E67206C6576792E20E2809C5765206172652070726F7564206F6620746865207368697070696E67206C6576792CE2809D20746865204E6F7277656769616E20676F7665726E6D656E742073616964206F6E2054687572736461792E2054686520556E697465642053746174657320636F6E64656D6E656420746865207368697070696E67206C6576792E20E2809C57652077696C6C206E6F742061636365707420746865207368697070696E67206C6576792CE2809D2074686520552E532E205374617465204465706172746D656E7420736169642E');
INSERT INTO article_text(article, text) VALUES (1587896653971489, X'4E6F72776179206261636B656420746865207368697070696E67206C657679206F6E204672696461792E20E2809C41206C65767920697320666169722CE2809D20746865204E6F7277656769616E20676F7665726E6D656E7420736169642E');
DELETE FROM actor;
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (78, 'GBR', 'United Kingdom', 1, 'GBR', '', 1, 0, 3, 3, 6, 0, NULL);
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (164, 'NOR', 'Norway', 1, 'NOR', '', 1, 0, 13, 13, 10, 0, NULL);
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (230, 'USA', 'United States', 1, 'USA', '', 1, 0, 1, 2, 12, 0, NULL);
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (260, 'european-union', 'European Union', 2, '', '', 1, 0, 1, 1, 2, 0, NULL);
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (261, 'european-commission', 'European Commission', 2, '', '', 1, 0, 2, 2, 5, 0, NULL);
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (310, 'white-house', 'White House', 2, 'USA', '', 1, 0, 1, 1, 7, 0, NULL);
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (311, 'us-state-department', 'U.S. State Department', 2, 'USA', '', 1, 0, 1, 1, 8, 0, NULL);
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (3216, 'nor-officials', 'Norwegian officials', 3, 'NOR', '', 0, 0, 2, 2, 7, 0, NULL);
INSERT INTO actor(key, slug, name, kind, country, wikidata, is_known, is_edited, statement_count, mention_count, changed, edit, merged) VALUES (3217, 'port-watch', 'Port Watch', 2, '', '', 0, 1, 0, 0, 20, 37, 78);
DELETE FROM actor_alias;
INSERT INTO actor_alias(folded, actor, alias) VALUES ('america', 230, 'America');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('american', 230, 'American');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('americans', 230, 'Americans');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('britain', 78, 'Britain');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('british', 78, 'British');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('briton', 78, 'Briton');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('britons', 78, 'Britons');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('brussels', 260, 'Brussels');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('capitol hill', 230, 'Capitol Hill');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('department of state', 311, 'Department of State');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('downing street', 78, 'Downing Street');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('england', 78, 'England');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('english', 78, 'English');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('eu', 260, 'EU');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('eu commission', 261, 'EU Commission');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('european commission', 261, 'European Commission');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('european union', 260, 'European Union');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('foggy bottom', 230, 'Foggy Bottom');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('gbr', 78, 'GBR');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('great britain', 78, 'Great Britain');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('kingdom of norway', 164, 'Kingdom of Norway');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('london', 78, 'London');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('nor', 164, 'NOR');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('nor officials', 3216, 'nor-officials');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('norway', 164, 'Norway');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('norwegian', 164, 'Norwegian');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('norwegian officials', 3216, 'Norwegian officials');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('norwegians', 164, 'Norwegians');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('oslo', 164, 'Oslo');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('oval office', 310, 'Oval Office');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('port watch', 3217, 'Port Watch');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('state department', 311, 'State Department');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('the states', 230, 'the States');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('uk', 78, 'UK');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('united kingdom', 78, 'United Kingdom');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('united kingdom of great britain and northern ireland', 78, 'United Kingdom of Great Britain and Northern Ireland');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('united states', 230, 'United States');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('united states of america', 230, 'United States of America');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('us', 230, 'US');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('us state department', 311, 'U.S. State Department');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('usa', 230, 'USA');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('washington', 230, 'Washington');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('white house', 310, 'White House');
INSERT INTO actor_alias(folded, actor, alias) VALUES ('whitehall', 78, 'Whitehall');
DELETE FROM role;
DELETE FROM issue;
INSERT INTO issue(key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count, changed, uncounted_count, kind, edit, merged) VALUES (81, 'climate-change', 'climate change', 'environment', 7, 705, 0, 0, 1, 6, 0, 5, 0, NULL);
INSERT INTO issue(key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count, changed, uncounted_count, kind, edit, merged) VALUES (110, 'shipping', 'shipping', 'transport', 10, 1007, 0, 0, 22, 19, 1, 7, 0, NULL);
INSERT INTO issue(key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count, changed, uncounted_count, kind, edit, merged) VALUES (217, 'trade', 'trade', '', 18, 1800, 0, 0, 1, 7, 0, 7, 0, NULL);
INSERT INTO issue(key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count, changed, uncounted_count, kind, edit, merged) VALUES (235, 'dialogue-and-negotiations', 'dialogue and negotiations', 'foreign-affairs', 19, 1900, 0, 0, 1, 5, 0, 0, 0, NULL);
INSERT INTO issue(key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count, changed, uncounted_count, kind, edit, merged) VALUES (334, 'levy', 'levy', '', 0, 0, 1, 0, 2, 10, 0, 0, 0, NULL);
INSERT INTO issue(key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count, changed, uncounted_count, kind, edit, merged) VALUES (335, 'shipping-levy', 'shipping levy', '', 0, 0, 1, 0, 20, 12, 1, 0, 0, NULL);
INSERT INTO issue(key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count, changed, uncounted_count, kind, edit, merged) VALUES (336, 'air-cleaner', 'air cleaner', '', 0, 0, 1, 0, 1, 2, 0, 0, 0, NULL);
INSERT INTO issue(key, slug, label, parent, cap_major, cap_sub, is_open, is_edited, statement_count, changed, uncounted_count, kind, edit, merged) VALUES (338, 'port-fees', 'port fees', '', 0, 0, 0, 1, 3, 22, 0, 0, 0, NULL);
DELETE FROM issue_term;
INSERT INTO issue_term(folded, issue, term) VALUES ('agree to talk', 235, 'agree to talk');
INSERT INTO issue_term(folded, issue, term) VALUES ('air cleaner', 336, 'air cleaner');
INSERT INTO issue_term(folded, issue, term) VALUES ('back channel', 235, 'back channel');
INSERT INTO issue_term(folded, issue, term) VALUES ('capsize', 110, 'capsize');
INSERT INTO issue_term(folded, issue, term) VALUES ('carbon dioxide', 81, 'carbon dioxide');
INSERT INTO issue_term(folded, issue, term) VALUES ('carbon emission', 81, 'carbon emission');
INSERT INTO issue_term(folded, issue, term) VALUES ('carbon neutral', 81, '-carbon neutral');
INSERT INTO issue_term(folded, issue, term) VALUES ('carbon price', 81, '-carbon price');
INSERT INTO issue_term(folded, issue, term) VALUES ('carbon tax', 81, '-carbon tax');
INSERT INTO issue_term(folded, issue, term) VALUES ('cargo ship', 110, 'cargo ship');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate', 81, 'climate');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate action', 81, '-climate action');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate activist', 81, '-climate activist');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate change', 81, 'climate change');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate crisis', 81, 'climate crisis');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate emergency', 81, 'climate emergency');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate goal', 81, '-climate goal');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate plan', 81, '-climate plan');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate pledge', 81, '-climate pledge');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate policy', 81, '-climate policy');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate risk', 81, 'climate risk');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate summit', 81, '-climate summit');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate talks', 81, '-climate talks');
INSERT INTO issue_term(folded, issue, term) VALUES ('climate target', 81, '-climate target');
INSERT INTO issue_term(folded, issue, term) VALUES ('coast guard', 110, 'coast guard');
INSERT INTO issue_term(folded, issue, term) VALUES ('consultation countries governments sides', 235, 'consultation & countries/governments/sides');
INSERT INTO issue_term(folded, issue, term) VALUES ('container ship', 110, 'container ship');
INSERT INTO issue_term(folded, issue, term) VALUES ('cop26', 81, '-COP26');
INSERT INTO issue_term(folded, issue, term) VALUES ('cop28', 81, '-COP28');
INSERT INTO issue_term(folded, issue, term) VALUES ('cross border trade', 217, 'cross-border trade');
INSERT INTO issue_term(folded, issue, term) VALUES ('cruise ship', 110, 'cruise ship');
INSERT INTO issue_term(folded, issue, term) VALUES ('cut emission', 81, 'cut & emission');
INSERT INTO issue_term(folded, issue, term) VALUES ('decarbonization', 81, '-decarbonization');
INSERT INTO issue_term(folded, issue, term) VALUES ('dialogue', 235, 'dialogue');
INSERT INTO issue_term(folded, issue, term) VALUES ('dialogue and negotiations', 235, 'dialogue and negotiations');
INSERT INTO issue_term(folded, issue, term) VALUES ('diplomatic channel', 235, 'diplomatic channel');
INSERT INTO issue_term(folded, issue, term) VALUES ('diplomatic effort', 235, 'diplomatic effort');
INSERT INTO issue_term(folded, issue, term) VALUES ('diplomatic solution', 235, 'diplomatic solution');
INSERT INTO issue_term(folded, issue, term) VALUES ('direct contact', 235, 'direct contact');
INSERT INTO issue_term(folded, issue, term) VALUES ('dredge', 110, 'dredge');
INSERT INTO issue_term(folded, issue, term) VALUES ('economic cooperation', 217, 'economic cooperation');
INSERT INTO issue_term(folded, issue, term) VALUES ('economic relation', 217, 'economic relation');
INSERT INTO issue_term(folded, issue, term) VALUES ('economic tie', 217, 'economic tie');
INSERT INTO issue_term(folded, issue, term) VALUES ('emission', 81, 'emission');
INSERT INTO issue_term(folded, issue, term) VALUES ('emission reduction', 81, '-emission reduction');
INSERT INTO issue_term(folded, issue, term) VALUES ('emissions trading', 81, '-emissions trading');
INSERT INTO issue_term(folded, issue, term) VALUES ('export', 217, 'export');
INSERT INTO issue_term(folded, issue, term) VALUES ('ferry', 110, 'ferry');
INSERT INTO issue_term(folded, issue, term) VALUES ('foreign trade', 217, 'foreign trade');
INSERT INTO issue_term(folded, issue, term) VALUES ('fossil fuel', 81, 'fossil fuel');
INSERT INTO issue_term(folded, issue, term) VALUES ('free trade', 217, 'free trade');
INSERT INTO issue_term(folded, issue, term) VALUES ('global warming', 81, 'global warming');
INSERT INTO issue_term(folded, issue, term) VALUES ('globalisation', 217, 'globalisation');
INSERT INTO issue_term(folded, issue, term) VALUES ('globalization', 217, 'globalization');
INSERT INTO issue_term(folded, issue, term) VALUES ('good offices', 235, 'good offices');
INSERT INTO issue_term(folded, issue, term) VALUES ('greenhouse gas', 81, 'greenhouse gas');
INSERT INTO issue_term(folded, issue, term) VALUES ('greta thunberg', 81, 'Greta Thunberg');
INSERT INTO issue_term(folded, issue, term) VALUES ('harbor', 110, 'harbor');
INSERT INTO issue_term(folded, issue, term) VALUES ('honest broker', 235, 'honest broker');
INSERT INTO issue_term(folded, issue, term) VALUES ('import', 217, 'import');
INSERT INTO issue_term(folded, issue, term) VALUES ('international trade', 217, 'international trade');
INSERT INTO issue_term(folded, issue, term) VALUES ('ipcc', 81, 'IPCC');
INSERT INTO issue_term(folded, issue, term) VALUES ('kyoto', 81, '-Kyoto');
INSERT INTO issue_term(folded, issue, term) VALUES ('levy', 334, 'levy');
INSERT INTO issue_term(folded, issue, term) VALUES ('maritime safety', 110, 'maritime safety');
INSERT INTO issue_term(folded, issue, term) VALUES ('maritime trade', 110, 'maritime trade');
INSERT INTO issue_term(folded, issue, term) VALUES ('maritime traffic', 110, 'maritime traffic');
INSERT INTO issue_term(folded, issue, term) VALUES ('mediate', 235, 'mediate');
INSERT INTO issue_term(folded, issue, term) VALUES ('mediation', 235, 'mediation');
INSERT INTO issue_term(folded, issue, term) VALUES ('mediator', 235, 'mediator');
INSERT INTO issue_term(folded, issue, term) VALUES ('merchant ship', 110, 'merchant ship');
INSERT INTO issue_term(folded, issue, term) VALUES ('methane', 81, 'methane');
INSERT INTO issue_term(folded, issue, term) VALUES ('negotiate', 235, 'negotiate');
INSERT INTO issue_term(folded, issue, term) VALUES ('negotiated settlement', 235, 'negotiated settlement');
INSERT INTO issue_term(folded, issue, term) VALUES ('negotiating table', 235, 'negotiating table');
INSERT INTO issue_term(folded, issue, term) VALUES ('negotiation', 235, 'negotiation');
INSERT INTO issue_term(folded, issue, term) VALUES ('negotiator', 235, 'negotiator');
INSERT INTO issue_term(folded, issue, term) VALUES ('net zero', 81, '-net zero');
INSERT INTO issue_term(folded, issue, term) VALUES ('oil tanker', 110, 'oil tanker');
INSERT INTO issue_term(folded, issue, term) VALUES ('panama canal', 110, 'Panama Canal');
INSERT INTO issue_term(folded, issue, term) VALUES ('paris accord', 81, '-Paris accord');
INSERT INTO issue_term(folded, issue, term) VALUES ('paris agreement', 81, '-Paris Agreement');
INSERT INTO issue_term(folded, issue, term) VALUES ('paris climate', 81, '-Paris climate');
INSERT INTO issue_term(folded, issue, term) VALUES ('peace talks', 235, 'peace talks');
INSERT INTO issue_term(folded, issue, term) VALUES ('port fee', 338, 'port fee');
INSERT INTO issue_term(folded, issue, term) VALUES ('port fees', 338, 'port fees');
INSERT INTO issue_term(folded, issue, term) VALUES ('port ship cargo container', 110, 'port & ship/cargo/container');
INSERT INTO issue_term(folded, issue, term) VALUES ('ports', 338, 'ports');
INSERT INTO issue_term(folded, issue, term) VALUES ('protectionism', 217, 'protectionism');
INSERT INTO issue_term(folded, issue, term) VALUES ('protectionist', 217, 'protectionist');
INSERT INTO issue_term(folded, issue, term) VALUES ('reduce emission', 81, 'reduce & emission');
INSERT INTO issue_term(folded, issue, term) VALUES ('roundtable', 235, 'roundtable');
INSERT INTO issue_term(folded, issue, term) VALUES ('sea level', 81, 'sea level');
INSERT INTO issue_term(folded, issue, term) VALUES ('seafarer', 110, 'seafarer');
INSERT INTO issue_term(folded, issue, term) VALUES ('seaport', 110, 'seaport');
INSERT INTO issue_term(folded, issue, term) VALUES ('shipping', 110, 'shipping');
INSERT INTO issue_term(folded, issue, term) VALUES ('shipping company', 110, 'shipping company');
INSERT INTO issue_term(folded, issue, term) VALUES ('shipping lane', 110, 'shipping lane');
INSERT INTO issue_term(folded, issue, term) VALUES ('shipping levy', 335, 'shipping levy');
INSERT INTO issue_term(folded, issue, term) VALUES ('shipwreck', 110, 'shipwreck');
INSERT INTO issue_term(folded, issue, term) VALUES ('shuttle diplomacy', 235, 'shuttle diplomacy');
INSERT INTO issue_term(folded, issue, term) VALUES ('sink ship ferry boat', 110, 'sink & ship/ferry/boat');
INSERT INTO issue_term(folded, issue, term) VALUES ('suez canal', 110, 'Suez Canal');
INSERT INTO issue_term(folded, issue, term) VALUES ('talks', 235, 'talks');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade', 217, 'trade');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade and investment', 217, 'trade and investment');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade barrier', 217, 'trade barrier');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade minister', 217, 'trade minister');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade official', 217, 'trade official');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade policy', 217, 'trade policy');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade relation', 217, 'trade relation');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade representative', 217, 'trade representative');
INSERT INTO issue_term(folded, issue, term) VALUES ('trade with', 217, 'trade with');
INSERT INTO issue_term(folded, issue, term) VALUES ('world trade', 217, 'world trade');
DELETE FROM statement;
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587559499038721, 1587559499038725, 164, NULL, NULL, 15892014650966972, NULL, NULL, NULL, 's328 s329 i335 i110', 'The shipping levy is a mistake,', X'0208020500E7070004302E31340001AA033001DC032601E602420000000196030ECF02980E01F0021A02870702E802220C0E6E980E01F00210050000', 2, 4, 'Plan for a shipping levy
proposed a levy on the fuel of ships on Tuesday. “The shipping levy will make the air cleaner,” the European Commission said. Norway opposed the shipping levy.
the Norwegian government said in a statement.', 0, 'Demo Wire2025-01-14Plan for a shipping levy');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587559499038722, 1587559499038725, 164, NULL, NULL, 17159253341652826, NULL, NULL, NULL, 's328 s329 i335 i110', 'the shipping levy', X'02080201009F060004302E31340001A2020C01B0020E01C0022200000001B0020ECF02BC0E01C8021A02CF0702C00222310E6EBC0E01C80210050000', 2, 3, 'Plan for a shipping levy
The European Union proposed a levy on the fuel of ships on Tuesday. “The shipping levy will make the air cleaner,” the European Commission said. Norway opposed
. “The shipping levy is a mistake,” the Norwegian government said in a statement.', 0, 'Demo Wire2025-01-14Plan for a shipping levy');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587559499038723, 1587559499038725, 261, NULL, NULL, 11544769012638665, NULL, NULL, NULL, 's522 s523 i335 i110 i336', 'The shipping levy will make the air cleaner,', X'0208030100A0060004302E31340001E6012E019602080188015C00000000CF02A60E0192011A019005028A01220C086EA60E01920110050000D002CE0601CA0116050000', 2, 2, 'Plan for a shipping levy
The European Union proposed a levy on the fuel of ships on Tuesday.
the European Commission said. Norway opposed the shipping levy. “The shipping levy is a mistake,” the Norwegian government said in a statement.', 0, 'Demo Wire2025-01-14Plan for a shipping levy');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587559499038724, 1587559499038725, 260, NULL, NULL, 7129646245611, NULL, NULL, NULL, 's520 s521 i110 i334', 'a levy on the fuel of ships on Tuesday', X'0208020100A0060004302E31340001002401261001384C0000000126106EF80B01920110050000CE02A006013C0801CF0602380C1D10', 2, 1, 'Plan for a shipping levy
The European Union proposed
. “The shipping levy will make the air cleaner,” the European Commission said. Norway opposed the shipping levy. “The shipping levy is a mistake,” the Norwegian', 0, 'Demo Wire2025-01-14Plan for a shipping levy');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587578826391558, 1587578826391560, 78, NULL, NULL, 15593033387157410, NULL, NULL, NULL, 's156 s157 i335 i110', 'that it welcomed the shipping levy', X'0208020100E8070004302E31340001A8012401CE010801D8014400000001E80110CF02FC0E0182021A01F60602FA012233106EFC0E01820210050000', 3, 2, 'Ports fear for trade
Norwegian officials said on Thursday that the shipping levy would harm small ports. The United Kingdom said
.', 0, 'Demo Post2025-01-23Ports fear for trade');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587578826391559, 1587578826391560, 3216, NULL, NULL, 6270652925909, 20111, 20111, NULL, 's6432 s329 i338 i335 i110', 'that the shipping levy would harm small ports', X'020B030400E7070004302E31340B6F6E2054687572736461790A323032352D30312D3233206C61746573742073756368207765656B646179206F6E206F72206265666F726500010026012808014A5A000132160001840108D202AE0E019A010A050000CF02AE0E015C1A02C1040254220E086EAE0E025C102E0A050000', 22, 1, 'Ports fear for trade
Norwegian officials said on Thursday
. The United Kingdom said that it welcomed the shipping levy.', 0, 'Demo Post2025-01-23Ports fear for trade');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587619628580873, 1587619628580876, 78, NULL, NULL, 15661598245070757, NULL, NULL, NULL, 's156 s157 i335 i110', 'that it supports the shipping levy', X'0208020500A0060004302E31340001C2022C01F0020801FA0244000000018A0310CF02A20E01A4031A01FA06029C032233106EA20E01A40310050000', 4, 3, 'Oslo digs in
criticized the shipping levy. “We are against the shipping levy,” the Norwegian government said on Tuesday. “It is unfair to countries with long coasts.” The British government said
.', 0, 'Demo Wire2025-02-11Oslo digs in');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587619628580874, 1587619628580876, 164, NULL, NULL, 15733599077221331, 20130, 20130, NULL, 's328 s329 i335 i110', 'We are against the shipping levy, It is unfair to countries with long coasts.', X'020A020500AF090004302E31340A6F6E20547565736461790A323032352D30322D3131206C61746573742073756368207765656B646179206F6E206F72206265666F7265000192013001C40108024A46565A0001CE01140001F4010CCF02B20E01721A02FE06026A2238086EB20E017210050000', 4, 2, 'Oslo digs in
Norway criticized the shipping levy.
the Norwegian government said on Tuesday.
The British government said that it supports the shipping levy.', 0, 'Demo Wire2025-02-11Oslo digs in');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587619628580875, 1587619628580876, 164, NULL, NULL, 17212029899720575, NULL, NULL, NULL, 's328 s329 i335 i110', 'the shipping levy', X'02080201009F060004302E31340001000C010E14012422000000010E14CF02D20E012C1A02D20702242237146ED20E012C10050000', 4, 1, 'Oslo digs in
Norway criticized
. “We are against the shipping levy,” the Norwegian government said on Tuesday. “It is unfair to countries with long coasts.” The British government said that', 0, 'Demo Wire2025-02-11Oslo digs in');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587669020704781, 1587669020704784, 164, NULL, NULL, 17600776248132584, NULL, NULL, NULL, 's328 s329 i335 i110', 'We oppose a shipping levy without exceptions,', X'0208020500E7070004302E31340001B6023001E8020801D6015E00000001DE010CCF02D00F01F0011A04E80702D8015838086ED00F01F00110050000', 11, 3, 'A way out
The European Commission said that it would return half of the money to the ports. Norway called for talks.
the Norwegian government said.', 34, 'Demo Post2025-03-06A way out');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587669020704782, 1587669020704784, 164, NULL, NULL, 13659095513442073, NULL, NULL, NULL, 's328 s329 i235', 'talks', X'0207010100A0060004302E31340001A4010C01B2011401C8010A00000001B20114EB01860801C8010A01880602C8010A1F0C', 19, 2, 'A way out
The European Commission said that it would return half of the money to the ports. Norway called for
. “We oppose a shipping levy without exceptions,” the Norwegian government said.', 0, 'Demo Post2025-03-06A way out');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587669020704783, 1587669020704784, 261, NULL, NULL, 10948009076533190, NULL, NULL, NULL, 's522 s523 i338', 'that it would return half of the money to the ports', X'0207010100A0060004302E31340001002E013008013A6600000001560CD202FC0A0196010A01EE04028E0112490C', 19, 1, 'A way out
The European Commission said
. Norway called for talks. “We oppose a shipping levy without exceptions,” the Norwegian government said.', 0, 'Demo Post2025-03-06A way out');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587754920050705, 1587754920050708, 78, NULL, NULL, 14607699169978309, NULL, NULL, NULL, 's156 s157 i335 i110 i81', 'that the shipping levy was a success for the climate', X'0209030100E8070004302E313400018A022401B0020801BA026800000001F4020ECF02D00D01CC021A01BE0602C402220E0E6ED00D01CC021005000051E0070194030E050000', 6, 3, 'Ministers agree in Brussels
Norway welcomed the shipping levy. “We support the shipping levy with the new exceptions,” the Norwegian government said on Tuesday. The United Kingdom said
.', 0, 'Demo Wire2025-04-15Ministers agree in Brussels');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587754920050706, 1587754920050708, 164, NULL, NULL, 15608907586282435, 20193, 20193, NULL, 's328 s329 i335 i110', 'We support the shipping levy with the new exceptions,', X'0209020500E8070004302E31340A6F6E20547565736461790A323032352D30342D3135206C61746573742073756368207765656B646179206F6E206F72206265666F72650001B6013001E8010801466E0001F2011400014E0ECF02A80E01661A01F70602486838086EA80E016610050000', 6, 2, 'Ministers agree in Brussels
Norway welcomed the shipping levy.
the Norwegian government said on Tuesday. The United Kingdom said that the shipping levy was a success for the climate.', 0, 'Demo Wire2025-04-15Ministers agree in Brussels');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587754920050707, 1587754920050708, 164, NULL, NULL, 17352767387674425, NULL, NULL, NULL, 's328 s329 i335 i110', 'the shipping levy', X'0208020100A0060004302E31340001000C010E10012022000000010E10CF02CA0E01281A01DA0702202233106ECA0E012810050000', 6, 1, 'Ministers agree in Brussels
Norway welcomed
. “We support the shipping levy with the new exceptions,” the Norwegian government said on Tuesday. The United Kingdom said that the shipping levy was a success', 0, 'Demo Wire2025-04-15Ministers agree in Brussels');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587830081978389, 1587830081978393, 310, NULL, NULL, 11916180604928959, NULL, NULL, NULL, 's620 s621 s461 i335 i110 i217', 'The shipping levy threatens trade,', X'0209030500E7070004302E31340001A6031E01C6030801DC024800000001820312CF02F80D01E6021A02A50502DE022202126EF80D01E60210050000D9018E080196030A050000', 16, 4, 'A vote
government said that it supports the shipping levy. “The shipping levy helps our ports,” Norwegian officials said. The United States opposed the shipping levy.
the White House said.', 0, 'Demo Post2025-05-20A vote');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587830081978390, 1587830081978393, 230, NULL, NULL, 17088884597475182, NULL, NULL, NULL, 's460 s461 i335 i110', 'the shipping levy', X'02080201009F060004302E3134000182022201A6020E01B6022200000001A6020ECF02BE0E01BE021A02CB0702B60222310E6EBE0E01BE0210050000', 16, 3, 'A vote
The Norwegian government said that it supports the shipping levy. “The shipping levy helps our ports,” Norwegian officials said. The United States opposed
. “The shipping levy threatens trade,” the White House said.', 0, 'Demo Post2025-05-20A vote');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587830081978391, 1587830081978393, 3216, NULL, NULL, 15592947487810507, NULL, NULL, NULL, 's6432 s329 i335 i110 i338', 'The shipping levy helps our ports,', X'020A030400E8070004302E31340001CE012601F601080184014800000001AA010ACF02940E018E011A01F60602860122020A6E940E028E0110200A050000D202F80A01BE010A050000', 16, 2, 'A vote
The Norwegian government said that it supports the shipping levy.
Norwegian officials said. The United States opposed the shipping levy. “The shipping levy threatens trade,” the White House said.', 0, 'Demo Post2025-05-20A vote');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587830081978392, 1587830081978393, 164, NULL, NULL, 15486019982010290, NULL, NULL, NULL, 's328 s329 i335 i110', 'that it supports the shipping levy', X'0208020500E8070004302E313400010030013208013C44000000014C10CF02DE0D01661A01F006025E2233106EDE0D016610050000', 16, 1, 'A vote
The Norwegian government said
. “The shipping levy helps our ports,” Norwegian officials said. The United States opposed the shipping levy. “The shipping levy threatens trade,” the White', 0, 'Demo Post2025-05-20A vote');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587879474102298, 1587879474102302, 311, NULL, NULL, 16313711720022984, NULL, NULL, NULL, 's622 s623 s461 i335 i110', 'We will not accept the shipping levy,', X'02080201009F060004302E3134000192033201C6030801C2024E00000001DC020CCF02D20E01F2021A029F0702EA02222F0C6ED20E01F20210050000', 8, 4, 'The levy begins
praised the shipping levy. “We are proud of the shipping levy,” the Norwegian government said on Thursday. The United States condemned the shipping levy.
the U.S. State Department said.', 0, 'Demo Wire2025-06-12The levy begins');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587879474102299, 1587879474102302, 230, NULL, NULL, 17009720162862976, NULL, NULL, NULL, 'u s460 s461 i335 i110', 'the shipping levy', X'02080201009F060004302E31340001E4012201880212019C022200000001880212CF02DE0E01A4021A02C607029C022235126EDE0E01A40210050000', 12, 3, 'The levy begins
Norway praised the shipping levy. “We are proud of the shipping levy,” the Norwegian government said on Thursday. The United States condemned
. “We will not accept the shipping levy,” the U.S. State Department said.', 35, 'Demo Wire2025-06-12The levy begins');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587879474102300, 1587879474102302, 164, NULL, NULL, 16947459913884605, 20251, 20251, NULL, 's328 s329 i335 i110', 'We are proud of the shipping levy,', X'0209020500E8070004302E31340B6F6E2054687572736461790A323032352D30362D3132206C61746573742073756368207765656B646179206F6E206F72206265666F726500018E013001C001080144480001CA01160001540ACF02D60E016E1A01C307026622330A6ED60E016E10050000', 8, 2, 'The levy begins
Norway praised the shipping levy.
the Norwegian government said on Thursday. The United States condemned the shipping levy. “We will not accept the shipping levy,” the U.S. State Department said.', 0, 'Demo Wire2025-06-12The levy begins');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587879474102301, 1587879474102302, 164, NULL, NULL, 17423136131852177, NULL, NULL, NULL, 's328 s329 i335 i110', 'the shipping levy', X'0208020100A0060004302E31340001000C010E0E011E22000000010E0ECF02CC0E01261A01DE07021E22310E6ECC0E012610050000', 8, 1, 'The levy begins
Norway praised
. “We are proud of the shipping levy,” the Norwegian government said on Thursday. The United States condemned the shipping levy. “We will not accept the', 0, 'Demo Wire2025-06-12The levy begins');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587896653971487, 1587896653971489, 164, NULL, NULL, 6270652457906, NULL, NULL, NULL, 's328 s329 i110 i334', 'A levy is fair,', X'0208020500E8070004302E313400017A3001AC0108015622000000016C086ECA07012410050000CE02A006015C0801B00702580C0808', 10, 2, 'Fair
Norway backed the shipping levy on Friday.
the Norwegian government said.', 0, 'Demo Post2025-06-20Fair');
INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, said_to, role, facets, content, detail, changed, place, nearby, edit, origin) VALUES (1587896653971488, 1587896653971489, 164, NULL, NULL, 17370359573718772, NULL, NULL, NULL, 's328 s329 i335 i110', 'the shipping levy', X'0208020100A0060004302E31340001000C010E0C011C22000000010E0CCF02820E01241A01DB07021C222F0C6E820E012410050000', 10, 1, 'Fair
Norway backed
on Friday. “A levy is fair,” the Norwegian government said.', 0, 'Demo Post2025-06-20Fair');
DELETE FROM issue_edit;
INSERT INTO issue_edit(issue, terms) VALUES (338, 'port fee
ports
');
DELETE FROM tally;
INSERT INTO tally(key, statements) VALUES (398131400, 1);
INSERT INTO tally(key, statements) VALUES (398131401, 1);
INSERT INTO tally(key, statements) VALUES (398131721, 1);
INSERT INTO tally(key, statements) VALUES (398131792, 1);
INSERT INTO tally(key, statements) VALUES (398131857, 2);
INSERT INTO tally(key, statements) VALUES (398147785, 1);
INSERT INTO tally(key, statements) VALUES (398148176, 1);
INSERT INTO tally(key, statements) VALUES (398148177, 1);
INSERT INTO tally(key, statements) VALUES (398164041, 1);
INSERT INTO tally(key, statements) VALUES (398164489, 1);
INSERT INTO tally(key, statements) VALUES (398164640, 1);
INSERT INTO tally(key, statements) VALUES (398180552, 1);
INSERT INTO tally(key, statements) VALUES (398180553, 2);
INSERT INTO tally(key, statements) VALUES (398196936, 1);
INSERT INTO tally(key, statements) VALUES (398196937, 1);
INSERT INTO tally(key, statements) VALUES (398197328, 1);
INSERT INTO tally(key, statements) VALUES (398197393, 1);
INSERT INTO tally(key, statements) VALUES (398213320, 2);
INSERT INTO tally(key, statements) VALUES (398213321, 2);
INSERT INTO tally(key, statements) VALUES (398213776, 1);
DELETE FROM reread;
INSERT INTO reread(id, edition, engine, stale, done, changed, failed, started_ms, finished_ms) VALUES (1, 3, '0.14', 0, 8, 3, 0, 1796057579595, 1796057581348);
DELETE FROM edit;
INSERT INTO edit(id, made_ms, who, action, batch, thing, undoes, text, subject, before, after) VALUES (34, 1796057577148, 'local', 1, 34, 34, 0, X'F49520D20513406B8A730FAF0CB279898B7D79EBB296224B1B7D11DD264D8768', '1587669020704781', X'0101A8918DD5DCC89CD7CC01C487A980C089D51501034E4F52064E6F7277617901034E4F5200000000020D7368697070696E672D6C6576790D7368697070696E67206C6576790000000001087368697070696E67087368697070696E67097472616E73706F7274070AEF07000208020500E7070004302E31340001B6023001E8020801D6015E00000001DE010C00F20B01F0011A02B50502D80158380801F20B01F00110050000', X'0101A8918DD5DCC89CD7CC01E887AA8081FAA11F01034E4F52064E6F7277617901034E4F5200000000020D7368697070696E672D6C6576790D7368697070696E67206C6576790000000001087368697070696E67087368697070696E67097472616E73706F7274070AEF07000208020500E7070004302E31340001B6023001E8020801D6015E00000001DE010C00D00F01F0011A04E80702D80158380801D00F01F00110050000');
INSERT INTO edit(id, made_ms, who, action, batch, thing, undoes, text, subject, before, after) VALUES (35, 1796057578339, 'local', 2, 35, 35, 0, X'F1A191054323F5D72445311E323D74484290E1A4305A7BB91E16B4123D810D1B', '1587879474102299', X'01019597B9ACF7FCD9E26D808FA58080C8991E01035553410D556E6974656420537461746573010355534100000000020D7368697070696E672D6C6576790D7368697070696E67206C6576790000000001087368697070696E67087368697070696E67097472616E73706F7274070AEF070002080201009F060004302E31340001E4012201880212019C02220000000188021200DE0E01A4021A02C607029C0222351201DE0E01A40210050000', X'01019597B9ACF7FCD9E26D808FA5C081C89B1E01035553410D556E6974656420537461746573010355534100000000020D7368697070696E672D6C6576790D7368697070696E67206C6576790000000001087368697070696E67087368697070696E67097472616E73706F7274070AEF070002080201009F060004302E31340001E4012201880212019C02220000000188021200DE0E01A4021A02C607029C0222351201DE0E01A40210050000');
INSERT INTO edit(id, made_ms, who, action, batch, thing, undoes, text, subject, before, after) VALUES (36, 1796057579595, 'local', 5, 36, 36, 0, NULL, 'port-watch', X'', X'01020A706F72742D77617463680A506F7274205761746368020000000000');
INSERT INTO edit(id, made_ms, who, action, batch, thing, undoes, text, subject, before, after) VALUES (37, 1796057580680, 'local', 7, 37, 36, 0, NULL, 'port-watch', X'01020A706F72742D77617463680A506F727420576174636802000000010A506F727420576174636800', X'01020A706F72742D77617463680A506F727420576174636802000003474252010A506F727420576174636800');
DELETE FROM read_key;
DELETE FROM article_source;
INSERT INTO article_source(article, outlet, url, title, published_at, received_ms) VALUES (1587559499038725, 'Demo Mail', '', 'Plan for a shipping levy', '2025-01-14', 1796057575737);
DELETE FROM article_signature;
DELETE FROM article_band;
DELETE FROM outlet;
INSERT INTO outlet(key, name) VALUES (1, 'Demo Wire');
INSERT INTO outlet(key, name) VALUES (2, 'Demo Post');
DELETE FROM facet;
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 81, 1587754920050705, 6184753145797);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587559499038721, 6270652883900);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587559499038722, 6871948371802);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587559499038723, 4294967534537);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587559499038724, 7129646278379);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587578826391558, 6356551837602);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587578826391559, 6270652950485);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587619628580873, 4552665573285);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587619628580874, 6184753538003);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587619628580875, 6871948306303);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587669020704781, 8590203724776);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587754920050705, 6184753145797);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587754920050706, 4638564918211);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587754920050707, 6871947913017);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587830081978389, 6270652883903);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587830081978390, 6871948371822);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587830081978391, 6270652490699);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587830081978392, 4896262956978);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587879474102298, 5755256873928);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587879474102300, 6184753144765);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587879474102301, 6871947913105);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587896653971487, 6270652490674);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 110, 1587896653971488, 6871947912948);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 217, 1587830081978389, 6270652883903);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 235, 1587669020704782, 13659095513442073);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 334, 1587559499038724, 14907711225865963);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 334, 1587896653971487, 16613294278386610);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587559499038721, 15892014650966972);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587559499038722, 17159253341652826);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587559499038723, 11544769012638665);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587578826391558, 15593033387157410);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587578826391559, 10156962000553941);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587619628580873, 15661598245070757);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587619628580874, 15733599077221331);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587619628580875, 17212029899720575);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587669020704781, 17600776248132584);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587754920050705, 14607699169978309);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587754920050706, 15608907586282435);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587754920050707, 17352767387674425);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587830081978389, 11916180604928959);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587830081978390, 17088884597475182);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587830081978391, 15592947487810507);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587830081978392, 15486019982010290);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587879474102298, 16313711720022984);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587879474102300, 16947459913884605);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587879474102301, 17423136131852177);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 335, 1587896653971488, 17370359573718772);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 336, 1587559499038723, 4294967534537);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 338, 1587578826391559, 6270652950485);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 338, 1587669020704783, 10948009076533190);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (0, 338, 1587830081978391, 6270652490699);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 0, 1587578826391558, 15593033387157410);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 0, 1587619628580873, 15661598245070757);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 0, 1587754920050705, 14607699169978309);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 81, 1587754920050705, 6184753145797);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 110, 1587578826391558, 6356551837602);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 110, 1587619628580873, 4552665573285);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 110, 1587754920050705, 6184753145797);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 335, 1587578826391558, 15593033387157410);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 335, 1587619628580873, 15661598245070757);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (156, 335, 1587754920050705, 14607699169978309);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 0, 1587578826391558, 15593033387157410);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 0, 1587619628580873, 15661598245070757);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 0, 1587754920050705, 14607699169978309);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 81, 1587754920050705, 6184753145797);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 110, 1587578826391558, 6356551837602);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 110, 1587619628580873, 4552665573285);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 110, 1587754920050705, 6184753145797);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 335, 1587578826391558, 15593033387157410);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 335, 1587619628580873, 15661598245070757);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (157, 335, 1587754920050705, 14607699169978309);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587559499038721, 15892014650966972);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587559499038722, 17159253341652826);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587619628580874, 15733599077221331);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587619628580875, 17212029899720575);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587669020704781, 17600776248132584);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587669020704782, 13659095513442073);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587754920050706, 15608907586282435);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587754920050707, 17352767387674425);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587830081978392, 15486019982010290);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587879474102300, 16947459913884605);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587879474102301, 17423136131852177);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587896653971487, 6270652457906);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 0, 1587896653971488, 17370359573718772);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587559499038721, 6270652883900);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587559499038722, 6871948371802);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587619628580874, 6184753538003);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587619628580875, 6871948306303);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587669020704781, 8590203724776);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587754920050706, 4638564918211);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587754920050707, 6871947913017);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587830081978392, 4896262956978);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587879474102300, 6184753144765);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587879474102301, 6871947913105);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587896653971487, 6270652490674);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 110, 1587896653971488, 6871947912948);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 235, 1587669020704782, 13659095513442073);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 334, 1587896653971487, 16613294278386610);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587559499038721, 15892014650966972);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587559499038722, 17159253341652826);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587619628580874, 15733599077221331);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587619628580875, 17212029899720575);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587669020704781, 17600776248132584);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587754920050706, 15608907586282435);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587754920050707, 17352767387674425);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587830081978392, 15486019982010290);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587879474102300, 16947459913884605);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587879474102301, 17423136131852177);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (328, 335, 1587896653971488, 17370359573718772);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587559499038721, 15892014650966972);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587559499038722, 17159253341652826);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587578826391559, 6270652925909);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587619628580874, 15733599077221331);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587619628580875, 17212029899720575);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587669020704781, 17600776248132584);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587669020704782, 13659095513442073);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587754920050706, 15608907586282435);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587754920050707, 17352767387674425);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587830081978391, 15592947487810507);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587830081978392, 15486019982010290);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587879474102300, 16947459913884605);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587879474102301, 17423136131852177);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587896653971487, 6270652457906);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 0, 1587896653971488, 17370359573718772);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587559499038721, 6270652883900);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587559499038722, 6871948371802);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587578826391559, 6270652950485);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587619628580874, 6184753538003);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587619628580875, 6871948306303);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587669020704781, 8590203724776);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587754920050706, 4638564918211);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587754920050707, 6871947913017);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587830081978391, 6270652490699);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587830081978392, 4896262956978);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587879474102300, 6184753144765);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587879474102301, 6871947913105);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587896653971487, 6270652490674);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 110, 1587896653971488, 6871947912948);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 235, 1587669020704782, 13659095513442073);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 334, 1587896653971487, 16613294278386610);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587559499038721, 15892014650966972);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587559499038722, 17159253341652826);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587578826391559, 10156962000553941);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587619628580874, 15733599077221331);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587619628580875, 17212029899720575);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587669020704781, 17600776248132584);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587754920050706, 15608907586282435);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587754920050707, 17352767387674425);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587830081978391, 15592947487810507);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587830081978392, 15486019982010290);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587879474102300, 16947459913884605);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587879474102301, 17423136131852177);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 335, 1587896653971488, 17370359573718772);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 338, 1587578826391559, 6270652950485);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (329, 338, 1587830081978391, 6270652490699);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (460, 0, 1587830081978390, 17088884597475182);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (460, 110, 1587830081978390, 6871948371822);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (460, 335, 1587830081978390, 17088884597475182);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 0, 1587830081978389, 11916180604928959);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 0, 1587830081978390, 17088884597475182);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 0, 1587879474102298, 16313711720022984);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 110, 1587830081978389, 6270652883903);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 110, 1587830081978390, 6871948371822);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 110, 1587879474102298, 5755256873928);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 217, 1587830081978389, 6270652883903);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 335, 1587830081978389, 11916180604928959);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 335, 1587830081978390, 17088884597475182);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (461, 335, 1587879474102298, 16313711720022984);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (520, 0, 1587559499038724, 7129646245611);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (520, 110, 1587559499038724, 7129646278379);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (520, 334, 1587559499038724, 14907711225865963);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (521, 0, 1587559499038724, 7129646245611);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (521, 110, 1587559499038724, 7129646278379);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (521, 334, 1587559499038724, 14907711225865963);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (522, 0, 1587559499038723, 11544769012638665);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (522, 0, 1587669020704783, 10948009076533190);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (522, 110, 1587559499038723, 4294967534537);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (522, 335, 1587559499038723, 11544769012638665);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (522, 336, 1587559499038723, 4294967534537);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (522, 338, 1587669020704783, 10948009076533190);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (523, 0, 1587559499038723, 11544769012638665);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (523, 0, 1587669020704783, 10948009076533190);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (523, 110, 1587559499038723, 4294967534537);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (523, 335, 1587559499038723, 11544769012638665);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (523, 336, 1587559499038723, 4294967534537);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (523, 338, 1587669020704783, 10948009076533190);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (620, 0, 1587830081978389, 11916180604928959);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (620, 110, 1587830081978389, 6270652883903);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (620, 217, 1587830081978389, 6270652883903);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (620, 335, 1587830081978389, 11916180604928959);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (621, 0, 1587830081978389, 11916180604928959);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (621, 110, 1587830081978389, 6270652883903);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (621, 217, 1587830081978389, 6270652883903);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (621, 335, 1587830081978389, 11916180604928959);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (622, 0, 1587879474102298, 16313711720022984);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (622, 110, 1587879474102298, 5755256873928);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (622, 335, 1587879474102298, 16313711720022984);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (623, 0, 1587879474102298, 16313711720022984);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (623, 110, 1587879474102298, 5755256873928);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (623, 335, 1587879474102298, 16313711720022984);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (6432, 0, 1587578826391559, 6270652925909);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (6432, 0, 1587830081978391, 15592947487810507);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (6432, 110, 1587578826391559, 6270652950485);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (6432, 110, 1587830081978391, 6270652490699);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (6432, 335, 1587578826391559, 10156962000553941);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (6432, 335, 1587830081978391, 15592947487810507);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (6432, 338, 1587578826391559, 6270652950485);
INSERT INTO facet(speaker, issue, statement, traits) VALUES (6432, 338, 1587830081978391, 6270652490699);
DELETE FROM statement_block;
INSERT INTO statement_block(first, statements, flags, targets, speakers, days, traits, by_issue, pairs, numbers, outlets, said, articles, sure) VALUES (0, 24, X'0200000000000000000000000000001000000000000000000000000000010000000000000000000000000000', X'0100000000000000', X'0800000049010000A40000000B0200000501000009020000040100009D0000004E00000020190000A40000006D020000E6000000CD010000E60000006F020000E6000000000001020304030000000001030000050604000700000000', X'08000000C1470B00CA470B00DD470B00F4470B001C480B003F480B0056480B005E480B00000000000101020202030303040404050505050606060707', X'090000005002000091020000C800000009020000C900000051020000A00200004900000090020000000102030401040005060307040204000102040802040204', X'080000004F0100006E000000500100004E01000052010000EB00000051000000D9000000140000002A0000002B0000002D000000300000003100000032000000330000000000010002000400050006000700080009000C000D000E000F00100011001200130014001500170000000100020003000400050006000700080009000C000D000E000F001000110012001300140015001600170002000300160005000B0011000A000C000F00020201010201020204010101020201010201010105050505050505050505050505050505050505050505050101050105010505', X'03000000020000000300000001000000000001000001000000000202010000010001000000000000080000004F0100006E000000500100004E01000052010000EB00000051000000D9000000000100010001020103000104000100010001000100010504000106000100010001070001000104000100010001000101030001020502050105050501010505020501050205020504050101010505010501050205050205010505010502050105010505010105', X'010000000200000003000000040000000600000007000000090000000A0000000B0000000D0000000E0000000F000000110000001200000013000000150000001600000017000000180000001A0000001C0000001D0000001F00000020000000', X'020000000100000002000000000000000101000000010101000000010101010000000101', X'05000000000000808F4E0000A24E0000E14E00001B4F0000000000000001000200000000000300000000000004000000', X'0800000005000080E0A3050008000000E5A305000C000080EEA3050010000000FAA30500140000000EA40500190000801FA405001E0000002BA40500210000002FA40500000000000101020202030303040404050505050606060707', X'BC6B7B385A83FC3CC9D30729EBFA0C00A2936B37D56B0B00A54BA837D343EB377F832C3DE8A38F3E19C38D30C653EA26C543EB33C37378373983AC3DBF6B5B2A6E83BC3CCB6B6B37B2EB0837C87BFA39BD433B3C9183EC3DB26B0B00F482BC3D87030000CF03000090020000000000004F03760300000000410200007A0300007E030000D2030000E803000008036E023E030000000077030000DA030000A50200000000CB030000760300000000700300009F030000C3030000DE0300000000B003DB030000');
